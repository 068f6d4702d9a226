//! `schema`: the JSON Schemas of what editors write, for their text editors.

use std::path::PathBuf;

use clap::Args;

use super::FAILURE;
use super::terminal::{self, Terminal};
use crate::diag::suggest;
use crate::edge::disk;
use crate::parse::schema::ALL;

#[derive(Args)]
pub struct SchemaArguments {
    /// The schema to print, such as site or carrier; without a name, list them all.
    #[arg(value_name = "NAME", conflicts_with = "output_dir")]
    name: Option<String>,
    /// Write all of them into this folder, such as .rahnuma/schema.
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
}

/// Lists, prints or writes schemas.
pub fn schema(arguments: &SchemaArguments, terminal: &Terminal) -> u8 {
    match (&arguments.name, &arguments.output_dir) {
        (Some(name), _) => print(name),
        (None, Some(folder)) => {
            let files: Vec<(String, String)> = ALL.iter().map(|schema| (schema.file(), schema.text())).collect();
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            if let Err(problem) = disk::put(folder, &files) {
                terminal::fail(&problem);
                return FAILURE;
            }
            terminal.say(&format!("wrote {} schemas into {}", files.len(), folder.display()));
            0
        }
        (None, None) => {
            let line = |name, title, files: &[&str]| format!("{name:12} {title:38} {}\n", files[0]);
            terminal::data(&ALL.iter().map(|schema| line(schema.name, schema.title, schema.files)).collect::<String>())
        }
    }
}

fn print(name: &str) -> u8 {
    let Some(schema) = ALL.iter().find(|schema| schema.name == name) else {
        let near = suggest::nearest(name, ALL.iter().map(|schema| schema.name));
        let help =
            near.map_or_else(|| "`rahnuma schema` lists them all".to_owned(), |near| format!("did you mean `{near}`?"));
        terminal::fail(&format!("there is no schema `{name}`; {help}"));
        return FAILURE;
    };
    terminal::data(&schema.text())
}
