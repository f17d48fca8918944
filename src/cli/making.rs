//! The artifacts of a run: those that need not be made, and those that are made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::artifacts::{Artifact, KnownPages, Made, announce, artifacts};
use super::kept::{Came, Kept, KeptFinding, KeptPages, Reuse, Wanted, as_shown, languages_of, text_of};
use super::pipe::wire::{Keep, Step};
use super::products::Product;
use super::terminal::Terminal;
use super::{memory, worker};
use crate::align;
use crate::diagnostic::{Diagnostic, Reported};
use crate::epub;
use crate::inputs::{Inputs, Recorder, Settings, digest};
use crate::layout::Layouts;
use crate::model::{Book, EditionKind};
use crate::project::Weight;
use crate::source::Sources;
use crate::typeset::{self, BuildDate, Job};

/// What all artifacts of a run are made from.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) book: &'a Book,
    pub(super) layouts: &'a Layouts,
    pub(super) sources: &'a Sources,
    pub(super) date: BuildDate,
    pub(super) products: &'a [Product],
    pub(super) out: &'a Path,
    pub(super) reuse: Reuse<'a>,
    /// How much there is to read.
    pub(super) weight: Weight,
    /// Where the pages that were set begin, by the stem of their edition's artifacts.
    pub(super) pages: &'a Mutex<BTreeMap<String, KeptPages>>,
    /// Whether everything is made, also what is there.
    pub(super) anew: bool,
    pub(super) terminal: &'a Terminal,
}

/// An edition of which some artifacts may be there.
struct Begun<'a> {
    edition: &'a EditionKind,
    text: Inputs,
    there: Vec<Option<Artifact>>,
}

impl<'a> Making<'a> {
    /// The artifacts of some editions, edition by edition; `None` stands for one whose making broke off.
    pub(super) fn all(self, ready: &'a [EditionKind]) -> Vec<Option<Artifact>> {
        self.terminal.step(Step::Begins((ready.len() * self.products.len()) as u64));
        let begun: Vec<Begun<'a>> = ready.par_iter().map(|edition| self.begin(edition)).collect();
        let lacking = begun.iter().filter(|one| one.there.iter().any(Option::is_none));
        let lacking: Vec<EditionKind> = lacking.map(|one| one.edition.clone()).collect();
        let alignments = align::align_for(&lacking, self.book);
        let need = |one: &Begun<'_>| {
            let is_made = one.there.iter().any(Option::is_none);
            if is_made { memory::need(one.edition, self.book, self.sources, self.weight) } else { 0 }
        };
        let most = memory::most(worker::budget());
        let sizes: Vec<usize> = memory::groups(&begun, need, most).iter().map(|group| group.len()).collect();
        let (mut begun, mut results) = (begun.into_iter(), Vec::new());
        for (at, size) in sizes.into_iter().enumerate() {
            let group: Vec<Begun<'a>> = begun.by_ref().take(size).collect();
            let made = group.iter().filter(|one| one.there.iter().any(Option::is_none));
            let made: Vec<EditionKind> = made.map(|one| one.edition.clone()).collect();
            typeset::prepare(self.book, &made, self.reuse.files, at > 0);
            results.par_extend(group.into_par_iter().flat_map_iter(|one| self.finish(one, &alignments)));
        }
        self.terminal.step(Step::Ends);
        results
    }

    fn begin(self, edition: &'a EditionKind) -> Begun<'a> {
        let text = text_of(edition, self.book, self.reuse.loaded);
        let find = |product: &Product| {
            let path = self.path(edition, *product);
            let wanted = Wanted { path: path.clone(), text: &text, settings: self.settings(edition, *product) };
            let there = (!self.anew).then(|| self.reuse.find(&wanted)).flatten()?;
            let made = Ok(Reported::new(Some(Made::there(path, there.came, there.kept)), there.findings));
            announce(Some(&made), self.terminal);
            Some(made)
        };
        let there = self.products.iter().map(find).collect();
        Begun { edition, text, there }
    }

    /// Makes what is lacking of an edition, and has all of it kept.
    fn finish(
        self,
        Begun { edition, text, there }: Begun<'a>,
        alignments: &[align::Alignment<'_>],
    ) -> Vec<Option<Artifact>> {
        let lacking: Vec<Product> = self
            .products
            .iter()
            .zip(&there)
            .filter(|(_, there)| there.is_none())
            .map(|(product, _)| *product)
            .collect();
        let mut made = self.make(edition, &text, &lacking, alignments).into_iter();
        let results: Vec<Option<Artifact>> =
            there.into_iter().map(|there| if there.is_some() { there } else { made.next().flatten() }).collect();
        for (product, result) in self.products.iter().zip(&results) {
            if let Some(Ok(Reported { value: Some(Made { kept: Some(kept), came, .. }), .. })) = result
                && *came != Came::Cached
            {
                self.keep(edition, *product, &text, kept);
            }
        }
        results
    }

    fn make(
        self,
        edition: &EditionKind,
        text: &Inputs,
        products: &[Product],
        alignments: &[align::Alignment<'_>],
    ) -> Vec<Option<Artifact>> {
        if products.is_empty() {
            return Vec::new();
        }
        let shown = as_shown(self.book, edition);
        let (book, alignments) = match &shown {
            Some(book) => (book, &[][..]),
            None => (self.book, alignments),
        };
        let recorder = Recorder::after(self.reuse.files, self.reuse.loaded.clone());
        let Self { layouts, sources, date, .. } = self;
        let job = Job { book, edition, layout: &layouts[edition], files: &recorder, sources, date, alignments };
        let stem = self.book.artifact_stem(edition);
        self.terminal.step(Step::At(stem.clone()));
        let path = |product: Product| self.path(edition, product);
        let how = self.settings_of_pages(edition);
        let alone = products == [Product::Epub] && !self.anew;
        let listed = alone.then(|| self.reuse.pages(&stem, text, &how)).flatten();
        let tell = |set: &typeset::Set| {
            let starts = epub::page_starts(job, &set.printed);
            if let Some(kept) = KeptPages::of(&starts, (text, &recorder.seen(), &how), sources) {
                self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(stem.clone(), kept);
            }
        };
        let known = KnownPages { listed: listed.as_ref().map(|(starts, _)| starts), tell: &tell };
        let mut results = artifacts(job, products, &path, &known, self.terminal);
        // What pages were set from that are taken from an earlier run, is what this one was made from, too.
        let seen = listed.iter().fold(recorder.seen(), |seen, (_, further)| seen.and(further));
        for (product, result) in products.iter().zip(&mut results) {
            if let Some(Ok(Reported { value: Some(made), diagnostics })) = result {
                made.kept = self.known(made, diagnostics, &self.settings(edition, *product), (text, &seen));
            }
        }
        results
    }

    /// What is to be known of an artifact that was made; `None` where it is not known what it was made from.
    fn known(
        self,
        made: &Made,
        found: &[Diagnostic],
        settings: &Settings,
        (text, seen): (&Inputs, &Inputs),
    ) -> Option<Kept> {
        let all = text.clone().and(seen);
        all.is_sure().then(|| Kept {
            digest: digest(&all, settings),
            further: seen.clone().without(|path| text.get(path).is_some()),
            content: made.content,
            bytes: made.bytes,
            pages: made.pages,
            seconds: made.took.as_secs_f64(),
            findings: found.iter().map(|finding| KeptFinding::of(finding, self.sources)).collect(),
            cached: false,
        })
    }

    fn keep(self, edition: &EditionKind, product: Product, text: &Inputs, kept: &Kept) {
        let outlet = self.terminal.outlet();
        outlet.keep(Keep {
            path: self.path(edition, product),
            content: kept.content,
            inputs: text.clone().and(&kept.further),
            settings: self.settings(edition, product),
            further: kept.further.paths().map(str::to_owned).collect(),
            about: serde_json::to_string(kept).expect("what is kept is plain data"),
        });
    }

    fn path(self, edition: &EditionKind, product: Product) -> PathBuf {
        self.out.join(product.file_name(&self.book.artifact_stem(edition)))
    }

    /// What changes the pages of an edition beside the files of the book and this program.
    fn settings_of_pages(self, edition: &EditionKind) -> Settings {
        Settings::default()
            .with("pages", edition.name())
            .with("date", self.date.0.to_string())
            .with("languages", languages_of(self.book))
    }

    /// What changes the bytes of an artifact beside the files of the book and this program.
    fn settings(self, edition: &EditionKind, product: Product) -> Settings {
        Settings::default()
            .with("artifact", product.file_name(edition.name()))
            .with("date", self.date.0.to_string())
            .with("languages", languages_of(self.book))
    }
}
