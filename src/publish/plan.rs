//! What has to be done so that a store holds a site: a pure function of what stands there and what is wanted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;

use super::{Release, Retired, Step, Stored};
use crate::hash::Sha256;

/// How many releases a site can go back to, the live one among them.
pub const RELEASES: usize = 10;

/// An object as the store lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Bytes.
    pub size: u64,
    /// What the store calls this version of it.
    pub tag: Option<String>,
}

/// What stands in a store.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// The release that readers have.
    pub release: Option<Release>,
    /// Every release that is there.
    pub releases: BTreeSet<u32>,
    /// Objects outside our own folder.
    pub objects: BTreeMap<String, Standing>,
    /// Bytes of earlier releases.
    pub kept: BTreeSet<(u32, Sha256)>,
    /// Files that a run put, or was about to put, before it was stopped; each as it was put, if that is known.
    pub begun: BTreeMap<String, Option<Stored>>,
}

/// What publishing goes by.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The site's day.
    pub today: Date,
    /// How long assets stay that no page names any more.
    pub keep_assets_days: u16,
}

/// A file to put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// When.
    pub step: Step,
    /// Where.
    pub path: String,
    /// What.
    pub hash: Sha256,
    /// Bytes.
    pub size: u64,
    /// What stands there now is kept under this name first.
    pub keep: Option<(u32, Sha256)>,
}

/// A file to delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// Where it stands.
    pub path: String,
    /// It is kept under this name first.
    pub keep: Option<(u32, Sha256)>,
}

/// What has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The release that is made, or the live one when nothing has to be put.
    pub number: u32,
    /// Files to put, in their order.
    pub puts: Vec<Put>,
    /// Whether readers get anything new; without it only what is left over is cleared away.
    pub is_new: bool,
    /// Files that are there already.
    pub there: BTreeMap<String, Stored>,
    /// What stays besides, or has yet to be deleted.
    pub retired: BTreeMap<String, Retired>,
    /// What is deleted once the release is live.
    pub deletions: Vec<Deletion>,
    /// The oldest release that can be gone back to then. What only earlier ones had is deleted.
    pub oldest: u32,
    /// Places that somebody else's files stand at.
    pub foreign: Vec<String>,
    /// Files that somebody changed or deleted since they were published; they are put again.
    pub mended: Vec<String>,
}

impl Plan {
    /// Paths at which readers get something else than before.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let deleted = self.deletions.iter().map(|deletion| deletion.path.as_str());
        self.puts.iter().map(|put| put.path.as_str()).chain(deleted)
    }
}

/// Plans a release with the wanted files, each with its hash and size.
#[must_use]
pub fn plan(live: &Live, wanted: &BTreeMap<String, (Sha256, u64)>, terms: Terms) -> Plan {
    let last = live.release.as_ref().map_or(0, |release| release.number);
    let mut plan = Plan {
        number: last + 1,
        puts: Vec::new(),
        is_new: true,
        there: BTreeMap::new(),
        retired: BTreeMap::new(),
        deletions: Vec::new(),
        oldest: oldest(live, last + 1),
        foreign: Vec::new(),
        mended: Vec::new(),
    };
    for (path, (hash, size)) in wanted {
        match live.as_wanted(path, *hash) {
            Some(stored) => drop(plan.there.insert(path.clone(), stored.clone())),
            None => plan.put(live, path, (*hash, *size)),
        }
    }
    plan.puts.sort_by(|a, b| (a.step, &a.path).cmp(&(b.step, &b.path)));
    // Also where a run was stopped that had put all of it, and had not said so.
    plan.is_new = !plan.puts.is_empty() || live.release.as_ref().is_none_or(|release| release.files != plan.there);
    if !plan.is_new {
        plan.number = last;
        plan.oldest = oldest(live, last);
    }
    plan.retire(live, wanted, terms);
    plan
}

/// The oldest release that is kept beside a new one.
fn oldest(live: &Live, new: u32) -> u32 {
    let mut numbers = live.releases.clone();
    numbers.insert(new);
    numbers.into_iter().rev().take(RELEASES).next_back().unwrap_or(new)
}

impl Live {
    /// What we know of the file at a path, and which release had it last.
    fn known(&self, path: &str) -> Option<(Option<&Stored>, u32)> {
        let release = self.release.as_ref()?;
        let current = release.files.get(path).map(|stored| (Some(stored), release.number));
        current.or_else(|| release.retired.get(path).map(|retired| (retired.stored.as_ref(), retired.last)))
    }

    /// The file at a path, if it stands there as it is wanted.
    fn as_wanted(&self, path: &str, hash: Sha256) -> Option<&Stored> {
        let standing = self.objects.get(path)?;
        let begun = self.begun.get(path).and_then(Option::as_ref);
        let known = self.known(path).and_then(|(stored, _)| stored);
        begun.into_iter().chain(known).find(|stored| stored.hash == hash && stored.stands_as(standing))
    }

    /// Under which name the file at a path is to be kept before it goes; nothing when it is kept, or is not what a release had.
    fn keep(&self, path: &str) -> Option<(u32, Sha256)> {
        let (stored, last) = self.known(path)?;
        let stored =
            stored.filter(|stored| self.objects.get(path).is_some_and(|standing| stored.stands_as(standing)))?;
        let is_kept = |number: &u32| self.kept.contains(&(*number, stored.hash));
        // Going back to a release looks at what was kept of it and of all later ones.
        let is_kept = self.releases.range(last..).any(is_kept);
        (!is_kept).then_some((last, stored.hash))
    }
}

impl Plan {
    fn put(&mut self, live: &Live, path: &str, (hash, size): (Sha256, u64)) {
        let (standing, known) = (live.objects.get(path), live.known(path));
        let is_ours = known.is_some() || live.begun.contains_key(path);
        if standing.is_some() && !is_ours {
            self.foreign.push(path.to_owned());
        }
        let ours = live.release.as_ref().and_then(|release| release.files.get(path));
        let is_as_put = |stored: &Stored| standing.is_some_and(|standing| stored.stands_as(standing));
        if ours.is_some_and(|stored| !is_as_put(stored)) && !live.begun.contains_key(path) {
            self.mended.push(path.to_owned());
        }
        let step = Step::of(path, ours.is_none() || standing.is_none());
        self.puts.push(Put { step, path: path.to_owned(), hash, size, keep: live.keep(path) });
    }

    /// What stands there and is not wanted. Assets stay for a while: pages in somebody's cache still name them.
    fn retire(&mut self, live: &Live, wanted: &BTreeMap<String, (Sha256, u64)>, terms: Terms) {
        let release = live.release.as_ref();
        let ours: BTreeSet<&String> = release
            .iter()
            .flat_map(|release| release.files.keys().chain(release.retired.keys()))
            .chain(live.begun.keys())
            .filter(|path| !wanted.contains_key(*path) && live.objects.contains_key(*path))
            .collect();
        for path in ours {
            let earlier = release.and_then(|release| release.retired.get(path)).cloned();
            let retired = earlier.unwrap_or_else(|| Retired {
                stored: release
                    .and_then(|release| release.files.get(path))
                    .or(live.begun.get(path).and_then(Option::as_ref))
                    .cloned(),
                last: release.map_or(0, |release| release.number),
                since: terms.today,
            });
            let until = retired.since.saturating_add(Span::new().days(i64::from(terms.keep_assets_days)));
            let is_asset = path.starts_with("assets/");
            if !is_asset || (terms.today > until && retired.last < self.oldest) {
                let keep = live.keep(path).filter(|(number, _)| *number >= self.oldest);
                self.deletions.push(Deletion { path: path.clone(), keep });
            }
            // Also what is deleted, until it is seen that it is gone.
            self.retired.insert(path.clone(), retired);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::collection::btree_map;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);
    const TERMS: Terms = Terms { today: TODAY, keep_assets_days: 30 };

    fn later(days: i64) -> Terms {
        Terms { today: TODAY.saturating_add(Span::new().days(days)), ..TERMS }
    }

    fn hash(text: &str) -> Sha256 {
        Sha256::of(text.as_bytes())
    }

    fn wanted(files: &[(&str, &str)]) -> BTreeMap<String, (Sha256, u64)> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (hash(text), text.len() as u64))).collect()
    }

    /// A store that keeps its promises.
    #[derive(Clone, Default)]
    struct Model {
        live: Live,
        versions: u32,
    }

    impl Model {
        fn object(&mut self, size: u64) -> Standing {
            self.versions += 1;
            Standing { size, tag: Some(self.versions.to_string()) }
        }

        fn keep(&mut self, keep: Option<(u32, Sha256)>) {
            self.live.kept.extend(keep);
        }

        fn put(&mut self, put: &Put) -> Stored {
            self.keep(put.keep);
            let standing = self.object(put.size);
            let stored = Stored { hash: put.hash, size: put.size, tag: standing.tag.clone() };
            self.live.objects.insert(put.path.clone(), standing);
            stored
        }

        /// Carries out what a plan says; or is stopped after a number of puts, which it has written down where that number is even.
        fn run(&mut self, plan: &Plan, origin: u32, stop: Option<usize>) {
            let intended = plan
                .puts
                .iter()
                .map(|put| (put.path.clone(), Some(Stored { hash: put.hash, size: put.size, tag: None })));
            self.live.begun.extend(intended);
            let mut files = plan.there.clone();
            for put in plan.puts.iter().take(stop.unwrap_or(usize::MAX)) {
                let stored = self.put(put);
                if stop.is_some_and(|puts| puts % 2 == 0) {
                    self.live.begun.insert(put.path.clone(), Some(stored.clone()));
                }
                files.insert(put.path.clone(), stored);
            }
            if stop.is_some() {
                return;
            }
            if plan.is_new {
                let number = plan.number;
                self.live.releases.insert(number);
                let (made, retired) = (jiff::Timestamp::UNIX_EPOCH, plan.retired.clone());
                self.live.release = Some(Release { number, origin, made, run: String::new(), files, retired });
            }
            for Deletion { path, keep } in &plan.deletions {
                self.keep(*keep);
                self.live.objects.remove(path);
            }
            self.live.releases.retain(|number| *number >= plan.oldest);
            self.live.kept.retain(|(number, _)| *number >= plan.oldest);
            self.live.begun.clear();
        }

        fn publish(&mut self, files: &[(&str, &str)], terms: Terms) -> Plan {
            let plan = plan(&self.live, &wanted(files), terms);
            self.run(&plan, plan.number, None);
            plan
        }
    }

    fn puts(plan: &Plan) -> Vec<&str> {
        plan.puts.iter().map(|put| put.path.as_str()).collect()
    }

    fn deletions(plan: &Plan) -> Vec<&str> {
        plan.deletions.iter().map(|deletion| deletion.path.as_str()).collect()
    }

    const FIRST: &[(&str, &str)] =
        &[("assets/1.css", "style"), ("en/index.html", "home"), ("index.html", "choose"), ("sw.js", "worker")];

    #[test]
    fn only_what_changed_goes_and_in_its_order() {
        let mut store = Model::default();
        assert_eq!(puts(&store.publish(FIRST, TERMS)), ["assets/1.css", "en/index.html", "index.html", "sw.js"]);
        let again = store.publish(FIRST, TERMS);
        assert_eq!((again.is_new, again.number, puts(&again).len(), again.there.len()), (false, 1, 0, 4));
        let second = store.publish(
            &[
                ("assets/2.css", "new"),
                ("en/index.html", "other"),
                ("en/more/index.html", "more"),
                ("index.html", "choose"),
                ("sw.js", "worker 2"),
            ],
            TERMS,
        );
        assert_eq!(puts(&second), ["assets/2.css", "en/more/index.html", "en/index.html", "sw.js"]);
        assert_eq!((second.number, deletions(&second)), (2, vec![]), "an asset of an earlier build stays");
        assert_eq!(second.puts[2].keep, Some((1, hash("home"))));
        assert!(store.live.kept.contains(&(1, hash("worker"))));
        assert_eq!(second.changed().count(), 4);
    }

    #[test]
    fn pages_go_at_once_and_assets_once_nothing_can_need_them() {
        let mut store = Model::default();
        store.publish(FIRST, TERMS);
        let less = &FIRST[1..3];
        let second = store.publish(less, TERMS);
        assert_eq!((second.is_new, deletions(&second)), (true, vec!["sw.js"]));
        assert!(store.live.objects.contains_key("assets/1.css"));
        assert!(store.live.kept.contains(&(1, hash("worker"))), "what is deleted can be brought back");
        let idle = store.publish(less, later(40));
        assert_eq!((idle.is_new, deletions(&idle)), (false, vec![]), "release 1 can still be gone back to");
        for day in 0..9 {
            let text = format!("home {day}");
            assert_eq!(
                deletions(&store.publish(&[("en/index.html", &text)], later(20 + day))),
                if day == 0 { vec!["index.html"] } else { vec![] }
            );
        }
        let late = store.publish(&[("en/index.html", "home")], later(31));
        assert_eq!((deletions(&late), late.oldest), (vec!["assets/1.css"], 3));
        assert!(!late.retired.is_empty() && store.publish(&[("en/index.html", "b")], later(31)).retired.is_empty());
    }

    #[test]
    fn what_is_not_ours_is_seen() {
        let mut store = Model::default();
        let standing = store.object(5);
        store.live.objects.insert("index.html".into(), standing.clone());
        store.live.objects.insert("own.txt".into(), standing.clone());
        assert_eq!(plan(&store.live, &wanted(FIRST), TERMS).foreign, ["index.html"]);
        let first = store.publish(FIRST, TERMS);
        assert!(first.deletions.is_empty() && first.retired.is_empty(), "what else stands there is left alone");
        store.live.objects.insert("index.html".into(), standing);
        store.live.objects.remove("sw.js");
        let mending = plan(&store.live, &wanted(FIRST), TERMS);
        assert_eq!(
            (puts(&mending), &mending.mended),
            (vec!["index.html", "sw.js"], &vec!["index.html".into(), "sw.js".into()])
        );
        assert!(mending.foreign.is_empty() && mending.puts.iter().all(|put| put.keep.is_none()));
    }

    #[test]
    fn a_run_goes_on_from_where_another_was_stopped() {
        let mut store = Model::default();
        let first = plan(&store.live, &wanted(FIRST), TERMS);
        store.run(&first, 1, Some(3));
        let again = plan(&store.live, &wanted(FIRST), TERMS);
        assert_eq!(
            (puts(&again).len(), &again.foreign, &again.mended),
            (4, &vec![], &vec![]),
            "nobody knows what was put"
        );
        // Where it was written down, it is known.
        let standing = store.live.objects["assets/1.css"].clone();
        let (size, tag) = (standing.size, standing.tag);
        store.live.begun.insert("assets/1.css".into(), Some(Stored { hash: hash("style"), size, tag }));
        assert_eq!(puts(&plan(&store.live, &wanted(FIRST), TERMS)), ["en/index.html", "index.html", "sw.js"]);
        // All was put and written down, and the release is not there yet.
        let mut ended = store.clone();
        let rest = plan(&ended.live, &wanted(FIRST), TERMS);
        ended.run(&rest, 1, Some(4));
        let last = ended.publish(FIRST, TERMS);
        assert_eq!((puts(&last).len(), last.is_new, last.number), (0, true, 1));
        // Another build knows what of this one has to go.
        let other = store.publish(&[("index.html", "choose")], TERMS);
        assert_eq!(deletions(&other), ["en/index.html"]);
        assert!(other.retired.contains_key("assets/1.css"));
    }

    fn site() -> impl Strategy<Value = BTreeMap<String, String>> {
        let path = prop_oneof![
            Just("assets/a.css"),
            Just("assets/b.css"),
            Just("en/index.html"),
            Just("ur/index.html"),
            Just("offline/en.json"),
            Just("sw.js"),
        ];
        btree_map(path.prop_map(str::to_owned), "[xyz]", 1..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is published, and wherever a run is stopped, the next one leaves exactly what is wanted, deletes nothing that is
        /// not ours, and every release in reach can be gone back to.
        #[test]
        fn a_store_holds_what_was_published_last(sites in proptest::collection::vec((site(), 0_usize..8, 0_i64..60), 1..20)) {
            let mut store = Model::default();
            let own = store.object(1);
            store.live.objects.insert("own.txt".into(), own);
            let mut all: BTreeMap<u32, BTreeMap<String, Sha256>> = BTreeMap::new();
            let mut day = 0;
            for (site, puts, days) in sites {
                day += days;
                let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
                let stopped = plan(&store.live, &wanted(&files), later(day));
                store.run(&stopped, stopped.number, Some(puts));
                let plan = store.publish(&files, later(day));
                prop_assert!(plan.foreign.is_empty());
                prop_assert!(plan.puts.is_sorted_by_key(|put| put.step));
                let release = store.live.release.clone().unwrap();
                let hashes: BTreeMap<String, Sha256> = release.files.iter().map(|(path, stored)| (path.clone(), stored.hash)).collect();
                let asked: BTreeMap<String, Sha256> = site.iter().map(|(path, text)| (path.clone(), hash(text))).collect();
                prop_assert_eq!(&hashes, &asked);
                for (path, stored) in &release.files {
                    prop_assert!(stored.stands_as(&store.live.objects[path]));
                }
                prop_assert!(store.live.objects.contains_key("own.txt"));
                all.insert(release.number, hashes);
                for number in &store.live.releases {
                    for (path, hash) in &all[number] {
                        let known = release.files.get(path).or_else(|| release.retired.get(path)?.stored.as_ref());
                        let stands = known.is_some_and(|stored| stored.hash == *hash && store.live.objects.get(path).is_some_and(|it| stored.stands_as(it)));
                        let kept = store.live.kept.iter().any(|(of, kept)| of >= number && kept == hash);
                        prop_assert!(stands || kept, "release {} cannot have {} again", number, path);
                    }
                }
            }
        }
    }
}
