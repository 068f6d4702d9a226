//! Asks addresses outside the site whether something stands there, as a guest of their hosts: one request at a time and with a pause at
//! each, no more of an answer than its head, and as long a wait as a host asks for, within limits.

mod host;
mod look;
mod refused;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use crate::model::external::Answer;
use host::Host;
use look::Look;

/// How many hosts are asked at a time.
const HOSTS_AT_ONCE: usize = 16;

/// How often an address may lead on.
const MAX_REDIRECTS: usize = 10;

/// Of so many hosts one would have answered, if this machine were connected.
const HOSTS_OF_A_NETWORK: usize = 3;

/// Who asks, for those who look into their host's records.
const USER_AGENT: &str =
    concat!("Mozilla/5.0 (compatible; rahnuma/", env!("CARGO_PKG_VERSION"), "; looks whether links lead somewhere)");

/// How hosts are asked.
#[derive(Debug, Clone, Copy)]
pub struct Manners {
    /// Time between the end of a request to a host and the beginning of the next.
    pub pause: Duration,
    /// How long a host may take for an answer.
    pub patience: Duration,
    /// The longest `Retry-After` that is waited for.
    pub longest_wait: Duration,
    /// Whether hosts are asked past the proxy that the environment names.
    pub direct: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(20),
            longest_wait: Duration::from_mins(1),
            direct: false,
        }
    }
}

/// Asks each address once; `progress` is told how many of how many have answered.
///
/// # Errors
/// When this machine cannot ask: then nothing is known of any address.
pub fn ask(
    addresses: &BTreeSet<String>,
    manners: &Manners,
    progress: &dyn Fn(usize, usize),
) -> Result<BTreeMap<String, Answer>, String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let asker = Asker { client: client(manners)?, manners, hosts: RefCell::default(), is_answered: Cell::new(false) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("the system gives no way to wait for answers: {error}"))?;
    let mut answers = runtime.block_on(asker.ask_all(addresses, progress));
    // A name that is still looked up keeps nobody waiting.
    runtime.shutdown_background();
    let hosts = asker.hosts.borrow().len();
    if !asker.is_answered.get() {
        if hosts >= HOSTS_OF_A_NETWORK {
            return Err(format!("none of {hosts} hosts answered; is this machine connected to the network?"));
        }
        // Where nobody answers, it may be this machine that knows no names.
        answers.values_mut().for_each(doubt);
    }
    Ok(answers)
}

fn doubt(answer: &mut Answer) {
    if let Answer::Gone(why) = answer {
        *answer = Answer::Unsure(std::mem::take(why));
    }
}

fn client(manners: &Manners) -> Result<Client, String> {
    let client = Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        .timeout(manners.patience)
        .connect_timeout(manners.patience / 2)
        // A connection that a host closed in the meantime would look like a host that cuts it.
        .pool_max_idle_per_host(0);
    let client = if manners.direct { client.no_proxy() } else { client };
    client.build().map_err(|error| format!("the system gives no way to ask hosts: {}", refused::innermost(&error)))
}

/// One run.
struct Asker<'a> {
    client: Client,
    manners: &'a Manners,
    hosts: RefCell<BTreeMap<String, Rc<Host>>>,
    /// Whether any host has answered anything.
    is_answered: Cell<bool>,
}

impl Asker<'_> {
    async fn ask_all(&self, all: &BTreeSet<String>, progress: &dyn Fn(usize, usize)) -> BTreeMap<String, Answer> {
        let mut of_host: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for address in all {
            let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
            of_host.entry(host.unwrap_or_default()).or_default().push(address);
        }
        let done = &Cell::new(0);
        let hosts = stream::iter(of_host.into_values()).map(|addresses| async move {
            let mut answers = Vec::new();
            for address in addresses {
                answers.push((address.clone(), self.follow(address).await));
                done.set(done.get() + 1);
                progress(done.get(), all.len());
            }
            answers
        });
        let answers: Vec<Vec<_>> = hosts.buffer_unordered(HOSTS_AT_ONCE).collect().await;
        answers.into_iter().flatten().collect()
    }

    /// Follows an address to where it leads.
    async fn follow(&self, address: &str) -> Answer {
        let Ok(first) = Url::parse(address) else { return Answer::Unsure("browsers would not understand it".into()) };
        let (mut url, mut moved, mut is_for_good) = (first.clone(), None, true);
        for _ in 0..=MAX_REDIRECTS {
            match self.look(&url).await {
                Look::There => {
                    let moved = moved.filter(|moved| *moved != first);
                    return Answer::Reachable { moved: moved.map(String::from) };
                }
                Look::LeadsTo { to, for_good } => {
                    is_for_good &= for_good;
                    if is_for_good {
                        moved = Some(to.clone());
                    }
                    url = to;
                }
                Look::Nothing { answer, .. } => return answer,
            }
        }
        Answer::Unsure(format!("it leads on more than {MAX_REDIRECTS} times"))
    }

    fn host(&self, url: &Url) -> Rc<Host> {
        let name = url.host_str().unwrap_or_default().to_owned();
        Rc::clone(self.hosts.borrow_mut().entry(name).or_default())
    }
}
