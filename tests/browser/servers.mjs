// nginx, Caddy and Apache as a deployer sets them up, on loopback, each with the settings that the program makes.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { PROGRAM } from './pages.mjs';

/** A port that the system gave and that nothing listens on. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const MODULES = ['mpm_event', 'authz_core', 'alias', 'dir', 'env', 'headers', 'mime', 'rewrite'];

const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';

/** Whether a server sends what was compressed as Brotli: nginx needs a module for that. */
export const sendsBrotli = (name) => name !== 'nginx' || existsSync(BROTLI);

/** Of each server its program, what else of a site it is told (`settings`: the file that the program printed), and how it is started. */
export const SERVERS = {
  nginx: {
    program: 'nginx',
    version: ['-v'],
    write: ({ folder, port, www, settings }) =>
      `${sendsBrotli('nginx') ? `load_module ${BROTLI};` : ''} pid ${folder}/pid; error_log ${folder}/error.log; daemon off; master_process off;
       events {} http { access_log off; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e; ${sendsBrotli('nginx') ? 'brotli_static on;' : ''}
       server { listen 127.0.0.1:${port}; root ${www}; include ${settings}; } }`,
    start: (file, folder) => ['-c', file, '-p', folder, '-e', join(folder, 'error.log')],
  },
  caddy: {
    program: 'caddy',
    version: ['version'],
    write: ({ port, www, settings }) => `{\n admin off\n auto_https off\n}\nhttp://127.0.0.1:${port} {\n bind 127.0.0.1\n root * ${www}\n import ${settings}\n}\n`,
    start: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
  apache: {
    program: 'apache2',
    version: ['-v'],
    write: ({ folder, port, www }) =>
      `${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
       ServerName 127.0.0.1\nListen 127.0.0.1:${port}\nPidFile ${folder}/pid\nErrorLog ${folder}/error.log\nDocumentRoot ${www}\nTypesConfig /dev/null
       <Directory ${www}>\nAllowOverride All\nRequire all granted\n</Directory>\n${process.getuid() === 0 ? 'User www-data\nGroup www-data\n' : ''}`,
    start: (file) => ['-d', '/usr/lib/apache2', '-f', file, '-DFOREGROUND'],
  },
};

/** Whether a server is installed. */
export const installed = (name) => spawnSync(SERVERS[name].program, SERVERS[name].version, { stdio: 'ignore', env: environment('/tmp') }).status === 0;

const environment = (folder) => ({ ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder });

/** Builds the site in `root` for a host, to stand at `base`, and starts that host; it ends with the test. Gives its origin. */
export async function hostedBy(t, name, { root, base, folder }) {
  const server = SERVERS[name];
  const www = join(folder, 'www');
  const url = `https://rahnuma.test${base}`;
  mkdirSync(join(www, base, '..'), { recursive: true });
  execFileSync(PROGRAM, ['build', '--root', root, '--as-of', '2026-11-22', '--base-url', url, '--output-dir', join(www, base)], { stdio: 'pipe' });
  const settings = join(folder, 'settings');
  writeFileSync(settings, execFileSync(PROGRAM, ['host', '--root', root, '--base-url', url], { stdio: ['ignore', 'pipe', 'ignore'] }));
  const port = await freePort();
  const file = join(folder, 'configuration');
  writeFileSync(file, server.write({ folder, port, www, settings }));
  const child = spawn(server.program, server.start(file, folder), { stdio: ['ignore', 'ignore', 'pipe'], env: environment(folder) });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  t.after(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await listening(port, child, () => said);
  return `http://127.0.0.1:${port}`;
}

/** Tries until something listens; a server that ended, or needs more than 20 s, is a failure. */
async function listening(port, child, said) {
  const until = Date.now() + 20_000;
  for (;;) {
    const able = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (able) return;
    assert.equal(child.exitCode, null, said());
    assert.ok(Date.now() < until, `nothing listens: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
