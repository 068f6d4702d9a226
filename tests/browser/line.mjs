// A line to a host that can be cut, slowed down, or cut after so many answers: for what happens when the network fails.

import { createServer, request as ask } from 'node:http';

/**
 * Passes requests on to `origin`. `line.state` is 'up', 'down' (connections break), 'broken' (the host answers 503), or a
 * number of milliseconds that every answer to a navigation takes; `line.left` cuts it after so many answers more.
 * `line.log` has the paths asked for.
 */
export async function lineTo(origin) {
  const line = { state: 'up', left: Infinity, log: [] };
  const waiting = new Set();
  const server = createServer((request, response) => {
    line.log.push(request.url);
    if (line.left <= 0) line.state = 'down';
    if (line.state === 'down') return request.socket.destroy();
    if (line.state === 'broken') return response.writeHead(503, { 'content-type': 'text/plain' }).end('broken');
    line.left--;
    const pass = () => {
      const further = ask(origin + request.url, { method: request.method, headers: { ...request.headers, host: new URL(origin).host } }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      further.on('error', () => request.socket.destroy());
      further.end();
    };
    if (typeof line.state !== 'number' || request.headers['sec-fetch-mode'] !== 'navigate') return pass();
    const timer = setTimeout(() => {
      waiting.delete(timer);
      pass();
    }, line.state);
    waiting.add(timer);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  line.origin = `http://127.0.0.1:${server.address().port}`;
  line.close = () =>
    new Promise((resolve) => {
      waiting.forEach(clearTimeout);
      server.close(resolve);
      server.closeAllConnections();
    });
  return line;
}
