//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};
use kgen_build::Generator;
use kgen_build::words::listed;
use kgen_model::names::closest;

use crate::import::ImportArgs;

/// Code generation for Kubernetes-style APIs, from annotated Rust types and custom resource definitions.
#[derive(Debug, Parser)]
#[command(name = "kgen", version, arg_required_else_help = true)]
#[command(override_usage = "kgen [OPTIONS] all|GENERATOR.. [PATH]\n       kgen <COMMAND>")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) generate: GenerateArgs,
    #[command(flatten)]
    pub(crate) global: Global,
}

/// What is generated, from where to where.
#[derive(Debug, clap::Args)]
pub(crate) struct GenerateArgs {
    /// Generators to run, or `all`, then a crate's folder, a folder in a crate, a Rust file, or a file or folder of custom
    /// resource definitions [default: .]
    #[arg(value_name = "GENERATOR|PATH", value_hint = ValueHint::AnyPath)]
    words: Vec<OsString>,
    /// Write nothing; show what is out of date as a diff, and end with 1 if anything is
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; list the files that would be written or removed
    #[arg(long, conflicts_with = "check")]
    pub(crate) dry_run: bool,
    /// Folder that the output folders are relative to [default: the crate]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
    /// Configuration [default: kgen.toml of the crate]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) config: Option<PathBuf>,
    /// The generators that the words name; none for all.
    #[arg(skip)]
    pub(crate) generators: Vec<String>,
    /// The path that the words name.
    #[arg(skip)]
    pub(crate) path: PathBuf,
}

/// What every command understands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Messages")]
pub(crate) struct Global {
    /// Form of messages: for people, or one JSON object a line on the standard output
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
    /// Show colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Show errors and warnings only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Show every file that changes
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum MessageFormat {
    #[default]
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the generators
    #[command(after_help = "Examples:\n  kgen list")]
    List,
    /// Explain a marker or an error code; without a word, list all of them
    #[command(after_help = "Examples:\n  kgen explain minimum\n  kgen explain unknown-marker\n  \
                            kgen explain +kubebuilder:validation:Minimum")]
    Explain {
        /// A marker, its name in the tools of Kubernetes, or the word in brackets behind `error`
        word: Option<String>,
    },
    /// Print the resolved model of an API as JSON
    #[command(after_help = "Examples:\n  kgen model ./api\n  kgen model ./api | jq '.resources[].kind'")]
    Model {
        /// A crate's folder, a folder in a crate or a Rust file
        #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
        path: PathBuf,
        /// Configuration [default: kgen.toml of the crate]
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        config: Option<PathBuf>,
    },
    /// Begin a crate with one kind
    New(NewArgs),
    /// Make Rust types of custom resource definitions, to own and edit
    Import(ImportArgs),
    /// Add a kind or a version to a crate
    #[command(subcommand, after_help = "Examples:\n  kgen add kind Invoice\n  kgen add version v2")]
    Add(AddCommand),
    /// Print completions for a shell
    #[command(after_help = "Examples:\n  kgen completions bash > ~/.local/share/bash-completion/completions/kgen")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kgen new shop-api --group shop.example.com --version v1 --kind Order\n  \
                        kgen new fleet --group fleet.example.com --version v1alpha1 --kind Cluster --cluster\n  \
                        kgen new shop --group shop.example.com --version v1 --kind Order --server"
)]
pub(crate) struct NewArgs {
    /// Folder of the crate; it must be empty or new
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
    /// Group of the API, such as shop.example.com
    #[arg(long)]
    pub(crate) group: String,
    /// Version of the API, such as v1
    #[arg(long)]
    pub(crate) version: String,
    /// First kind, such as Order
    #[arg(long)]
    pub(crate) kind: String,
    /// The kind does not live in namespaces
    #[arg(long)]
    pub(crate) cluster: bool,
    /// Name of the crate [default: that of the folder]
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Make an API server of the crate as well
    #[arg(long)]
    pub(crate) server: bool,
    /// Checkout of kgen to depend on [default: that which this command was built in, else the published crates]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::DirPath)]
    pub(crate) kgen_path: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AddCommand {
    /// Add a kind to a version
    #[command(
        after_help = "Examples:\n  kgen add kind Invoice\n  kgen add kind Warehouse ./api --version v1 --cluster"
    )]
    Kind(AddKindArgs),
    /// Add a version as a copy of the newest one
    #[command(after_help = "Examples:\n  kgen add version v2\n  kgen add version v1beta1 ./api --from v1alpha1")]
    Version(AddVersionArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct AddKindArgs {
    /// The kind, such as Invoice
    pub(crate) kind: String,
    /// A crate's folder
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) path: PathBuf,
    /// Version that gets the kind [default: the newest]
    #[arg(long)]
    pub(crate) version: Option<String>,
    /// Group of the version, if the crate has several
    #[arg(long)]
    pub(crate) group: Option<String>,
    /// The kind does not live in namespaces
    #[arg(long)]
    pub(crate) cluster: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AddVersionArgs {
    /// The new version, such as v2
    pub(crate) version: String,
    /// A crate's folder
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) path: PathBuf,
    /// Version that is copied [default: the newest]
    #[arg(long)]
    pub(crate) from: Option<String>,
    /// Group of the version, if the crate has several
    #[arg(long)]
    pub(crate) group: Option<String>,
}

impl Args {
    /// Reads the command line. Mistakes, `--help` and `--version` end the program here.
    pub(crate) fn read(generators: &[&dyn Generator]) -> Self {
        let mut command = command(generators);
        let matches = command.get_matches_mut();
        let args = Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command));
        let mut args = args.unwrap_or_else(|error| error.exit());
        if let Err(message) = args.take_words(generators) {
            command.error(ErrorKind::InvalidValue, message).exit()
        }
        args
    }

    fn take_words(&mut self, generators: &[&dyn Generator]) -> Result<(), String> {
        let generate = &mut self.generate;
        if self.command.is_some() {
            let is_used = generate.check || generate.dry_run || generate.out.is_some() || generate.config.is_some();
            let message = "`--check`, `--dry-run`, `--out` and `--config` go with generators, not with this command";
            return if is_used { Err(message.to_owned()) } else { Ok(()) };
        }
        let known: Vec<&str> = generators.iter().map(|generator| generator.name()).collect();
        (generate.generators, generate.path) = split(std::mem::take(&mut generate.words), &known)?;
        Ok(())
    }
}

/// Generators stand first, the path last. `all` is no generator but all of them.
fn split(words: Vec<OsString>, known: &[&str]) -> Result<(Vec<String>, PathBuf), String> {
    let mut generators = Vec::new();
    let mut is_all = false;
    let mut rest = words.into_iter().peekable();
    while let Some(word) = rest.next_if(|word| word == "all" || known.iter().any(|name| word == name)) {
        is_all |= word == "all";
        generators.extend(word.into_string());
    }
    let path = rest.next();
    if let Some(word) = &path {
        let is_path = word
            .as_encoded_bytes()
            .iter()
            .any(|byte| matches!(byte, b'/' | b'\\' | b'.'))
            || std::path::Path::new(word).exists();
        if rest.peek().is_some() || !is_path {
            return Err(unknown(&word.to_string_lossy(), known, is_path));
        }
    }
    if generators.is_empty() {
        let path = path.unwrap_or_default();
        let path = path.to_string_lossy();
        return Err(format!(
            "nothing says what to generate from `{path}`\n\n  tip: `kgen all {path}` runs all generators"
        ));
    }
    generators.retain(|_| !is_all);
    Ok((generators, path.map_or_else(|| PathBuf::from("."), PathBuf::from)))
}

fn unknown(word: &str, known: &[&str], is_path: bool) -> String {
    if is_path {
        return format!("the path `{word}` must stand behind all generators");
    }
    let tip = match closest(
        word,
        known
            .iter()
            .copied()
            .chain(["all", "list", "explain", "model", "new", "import", "add", "completions"]),
    ) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the generators are {}", listed(known)),
    };
    format!("unknown generator `{word}`\n\n  tip: {tip}")
}

/// The command with a table of the generators in its help.
fn command(generators: &[&dyn Generator]) -> clap::Command {
    let width = generators
        .iter()
        .map(|generator| generator.name().len())
        .max()
        .unwrap_or(0);
    let row = |generator: &&dyn Generator| format!("  {:<width$}  {}\n", generator.name(), generator.about());
    let table: String = generators.iter().map(row).collect();
    let examples = "Examples:\n  kgen all                      everything, for the crate in this folder\n  \
                    kgen all ./api --check        what is out of date, for continuous integration\n  \
                    kgen crd ./api --out deploy   custom resource definitions, in deploy/crds\n  \
                    kgen types deepcopy ./api     two generators\n  \
                    kgen all ./crds --out api     types and all else from custom resource definitions\n  \
                    kgen registry ./crds --out api   an API server of custom resource definitions\n";
    let names = generators
        .iter()
        .map(|generator| PossibleValue::new(generator.name()))
        .chain([PossibleValue::new("all")]);
    let names: Vec<PossibleValue> = names.collect();
    Args::command()
        .after_help(format!("Generators:\n{table}\n{examples}"))
        .mut_arg("words", |words| {
            words.value_parser(Words(names)).hide_possible_values(true)
        })
}

/// Takes every word, and proposes generators to those who complete a line.
#[derive(Clone)]
struct Words(Vec<PossibleValue>);

impl clap::builder::TypedValueParser for Words {
    type Value = OsString;

    fn parse_ref(
        &self,
        _: &clap::Command,
        _: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Self::Value, clap::Error> {
        Ok(value.to_owned())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().cloned()))
    }
}

/// Prints the completions of a shell.
pub(crate) fn completions(shell: clap_complete::Shell, generators: &[&dyn Generator]) -> bool {
    clap_complete::generate(shell, &mut command(generators), "kgen", &mut std::io::stdout());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Result<(Vec<String>, String), String> {
        let words = words.iter().map(OsString::from).collect();
        split(words, &["types", "crd"]).map(|(names, path)| (names, path.display().to_string()))
    }

    fn ran(names: &[&str], path: &str) -> Result<(Vec<String>, String), String> {
        Ok((names.iter().map(|name| (*name).to_owned()).collect(), path.to_owned()))
    }

    #[test]
    fn the_command_line_is_sound() {
        command(&[]).debug_assert();
    }

    #[test]
    fn generators_stand_before_the_path() {
        assert_eq!(words(&["types", "crd", "./api"]), ran(&["types", "crd"], "./api"));
        assert_eq!(words(&["types"]), ran(&["types"], "."));
        assert_eq!(words(&["all", "./api"]), ran(&[], "./api"));
        assert_eq!(words(&["types", "all"]), ran(&[], "."));
        assert_eq!(words(&["types", "src"]), ran(&["types"], "src"));
    }

    #[test]
    fn mistakes_are_told_apart() {
        let message = |line: &[&str]| words(line).expect_err("the line is wrong");
        assert!(message(&["typse"]).contains("did you mean `types`?"));
        assert!(message(&["types", "informer"]).contains("the generators are `types` and `crd`"));
        assert!(message(&["types", "./api", "crd"]).contains("the path `./api` must stand behind"));
        assert!(message(&["./api"]).contains("`kgen all ./api`"));
    }
}
