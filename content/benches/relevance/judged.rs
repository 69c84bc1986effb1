//! A folder of documents, queries and judgements, and what a ranking is worth against them.

use crate::Failed;
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::Path,
};

/// How many of the first ranks nDCG looks at.
const GAINS: usize = 10;

/// What is looked through.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) title: Option<String>,
    pub(crate) text: String,
}

/// What is looked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Documents (`docs.jsonl`, or `.gz`), queries (`queries.jsonl`) and judgements (`qrels.tsv`: query, document, grade).
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) documents: Vec<Document>,
    pub(crate) queries: Vec<Wanted>,
    grades: HashMap<String, HashMap<String, f64>>,
}

impl Judged {
    pub(crate) fn read(folder: &Path) -> Result<Self, Failed> {
        let plain = folder.join("docs.jsonl");
        let documents: Box<dyn Read> = if plain.exists() {
            Box::new(File::open(plain)?)
        } else {
            Box::new(GzDecoder::new(File::open(folder.join("docs.jsonl.gz"))?))
        };
        let mut grades: HashMap<String, HashMap<String, f64>> = HashMap::new();
        for line in fs::read_to_string(folder.join("qrels.tsv"))?.lines() {
            let mut columns = line.split('\t');
            if let (Some(query), Some(document), Some(grade)) = (columns.next(), columns.next(), columns.next()) {
                grades.entry(query.to_owned()).or_default().insert(document.to_owned(), grade.trim().parse()?);
            }
        }
        Ok(Self { documents: lines(documents)?, queries: lines(File::open(folder.join("queries.jsonl"))?)?, grades })
    }

    /// What rankings are worth, over the queries that have a judgement.
    pub(crate) fn worth(&self, rankings: &HashMap<String, Vec<(String, f32)>>) -> Worth {
        let mut worth = Worth::default();
        let mut judged = 0.0;
        for query in &self.queries {
            let Some(grades) = self.grades.get(&query.id).filter(|grades| grades.values().any(|grade| *grade > 0.0))
            else {
                continue;
            };
            let ranking = rankings.get(&query.id).map(Vec::as_slice).unwrap_or_default();
            let grade = |document: &String| grades.get(document).copied().unwrap_or(0.0).max(0.0);
            let mut best: Vec<f64> = grades.values().copied().collect();
            best.sort_by(|this, that| that.total_cmp(this));
            let gained = gain(ranking.iter().map(|(document, _)| grade(document)));
            let relevant = grades.values().filter(|grade| **grade > 0.0).count();
            let found = ranking.iter().filter(|(document, _)| grade(document) > 0.0).count();
            let first = ranking.iter().position(|(document, _)| grade(document) > 0.0);
            judged += 1.0;
            worth.ndcg += gained / gain(best.into_iter());
            worth.mrr += first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
            worth.recall += found as f64 / relevant as f64;
        }
        for figure in [&mut worth.ndcg, &mut worth.mrr, &mut worth.recall] {
            *figure /= f64::max(judged, 1.0);
        }
        worth
    }
}

/// Discounted cumulated gain at [`GAINS`], each grade its own gain (Järvelin and Kekäläinen 2002).
fn gain(grades: impl Iterator<Item = f64>) -> f64 {
    grades.take(GAINS).zip(2_i32..).map(|(grade, rank)| grade / f64::from(rank).log2()).sum()
}

/// What rankings are worth, each from 0 to 1, the mean over all queries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Worth {
    /// Normalised discounted cumulated gain at 10.
    pub(crate) ndcg: f64,
    /// One over the rank of the first relevant document.
    pub(crate) mrr: f64,
    /// The share of the relevant documents that are among the first 100.
    pub(crate) recall: f64,
}

fn lines<T: for<'de> Deserialize<'de>>(from: impl Read) -> Result<Vec<T>, Failed> {
    let mut read = Vec::new();
    for line in BufReader::new(from).lines() {
        let line = line?;
        if !line.trim().is_empty() {
            read.push(serde_json::from_str(&line)?);
        }
    }
    Ok(read)
}
