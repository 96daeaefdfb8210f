//! Scopes in which rules stand.

use serde_json::Value;

use crate::cases::Case;
use crate::rules::Rule;

/// A scope.
pub(crate) struct Scope {
    /// A name for types.
    pub name: &'static str,
    /// Which rules may stand there.
    pub takes: Takes,
    /// The declaration, with `$type`, `$marker` and the value's `$value` type.
    pub types: &'static str,
    /// An object with a `$value`.
    pub object: &'static str,
    /// The path of the value.
    pub path: &'static str,
    /// The path in texts of schemas, where it is another one.
    pub when: When,
}

/// Which rules may stand in a scope.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Takes {
    All,
    /// Those about text.
    Text,
}

/// When rules of the scope apply.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum When {
    Always,
    /// On updates.
    Update,
    /// While the feature is on, or off.
    Feature(bool),
    /// Always, but not for good.
    Level(&'static str),
}

const fn scope(name: &'static str, types: &'static str, object: &'static str, path: &'static str) -> Scope {
    Scope {
        name,
        takes: Takes::All,
        types,
        object,
        path,
        when: When::Always,
    }
}

impl Scope {
    const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    const fn about_text(self) -> Self {
        Self {
            takes: Takes::Text,
            ..self
        }
    }

    /// Whether a rule may stand here.
    pub(crate) fn takes(&self, rule: &Rule) -> bool {
        let is_by_hand = rule.marker.contains("validate_with");
        let has_markers_of_lists = rule.marker.contains("list =") || rule.marker.contains("unique =");
        match self.name {
            // A function takes what the place holds, which is a newtype there.
            "Type" | "Newtype" => !is_by_hand,
            "Case" => !is_by_hand && !has_markers_of_lists,
            _ => self.takes == Takes::All || rule.is_about_text(),
        }
    }

    fn ty(&self, rule: &Rule) -> String {
        format!("{}{}", rule.name, self.name)
    }

    /// The types of a rule in this scope.
    pub(crate) fn declare(&self, rule: &Rule) -> String {
        self.types
            .replace("$type", &self.ty(rule))
            .replace("$marker", rule.marker)
            .replace("$value", rule.ty)
            .replace("DERIVE", "#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]")
    }

    fn object(&self, value: &str) -> Value {
        let text = if self.takes == Takes::Text {
            self.object.replace("$key", value)
        } else {
            self.object.replace("$value", value)
        };
        serde_json::from_str(&text).expect("the object is JSON")
    }

    fn wanted(&self, rule: &Rule) -> Vec<String> {
        let level = match self.when {
            When::Level(level) => format!(" ({level})"),
            When::Always | When::Update | When::Feature(_) => String::new(),
        };
        let text = |(below, error): &(&str, &str)| {
            let error = error.replace("$path", self.path);
            format!("{}{below}: {error}{level}", self.path)
        };
        rule.errors.iter().map(text).collect()
    }

    /// Objects that keep and break a rule.
    pub(crate) fn cases(&self, rule: &Rule) -> Vec<Case> {
        let ty = self.ty(rule);
        let (valid, invalid) = (self.object(rule.valid), self.object(rule.invalid));
        let wanted = self.wanted(rule);
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let on_create = if self.when == When::Update { &[][..] } else { &wanted };
        let cases = [
            Case::create(&ty, valid.clone(), &[]),
            Case::create(&ty, invalid.clone(), on_create),
            Case::update(&ty, valid.clone(), invalid.clone(), &wanted),
            Case::update(&ty, invalid.clone(), valid, &[]),
            Case::update(&ty, invalid.clone(), invalid.clone(), &[]),
        ];
        match self.when {
            When::Always | When::Update | When::Level(_) => cases.into(),
            When::Feature(on) => {
                let mut cases: Vec<Case> = cases.map(|case| case.with("Feature", on)).into();
                cases.push(Case::create(&ty, invalid, &[]).with("Feature", !on));
                cases
            }
        }
    }
}

#[rustfmt::skip]
pub(crate) const SCOPES: &[Scope] = &[
    scope("Field", "DERIVE pub struct $type { #[kgen($marker)] pub at: $value, pub other: i32 }", r#"{"at": $value}"#, "at"),
    scope("Option", "DERIVE pub struct $type { #[kgen($marker)] pub at: Option<$value> }", r#"{"at": $value}"#, "at"),
    scope("Boxed", "DERIVE pub struct $type { #[kgen($marker)] pub r#type: Option<Box<$value>> }", r#"{"type": $value}"#, "type"),
    scope("Required", "DERIVE pub struct $type { #[kgen(required, $marker)] pub path: Option<$value> }", r#"{"path": $value}"#, "path"),
    scope("Type", "DERIVE #[kgen($marker)] pub struct $typeOf(pub $value); DERIVE pub struct $type { pub at: $typeOf }", r#"{"at": $value}"#, "at"),
    scope("Newtype", "DERIVE pub struct $typeOf(pub $value); DERIVE pub struct $type { #[kgen($marker)] pub at: Option<$typeOf> }", r#"{"at": $value}"#, "at"),
    scope("Below", "DERIVE pub struct $typeOf { #[kgen($marker)] pub at: Option<$value> } DERIVE pub struct $type { pub of: Vec<$typeOf> }", r#"{"of": [{}, {"at": $value}]}"#, "of[1].at"),
    scope("Flattened", "DERIVE pub struct $typeOf { #[kgen($marker)] pub at: Option<$value> } DERIVE pub struct $type { #[kgen(flatten)] pub of: $typeOf }", r#"{"at": $value}"#, "at"),
    scope("FlattenedVariant", "DERIVE pub struct $typeOf { #[kgen($marker)] pub at: Option<$value> } #[derive(Clone, Debug, PartialEq, kgen::Api)] pub enum $typeAny { Of($typeOf), Or(Named) } DERIVE pub struct $type { #[kgen(flatten)] pub any: Option<$typeAny> }", r#"{"of": {"at": $value}}"#, "of.at"),
    scope("Variant", "DERIVE pub struct $typeOf { #[kgen($marker)] pub at: Option<$value> } #[derive(Clone, Debug, PartialEq, kgen::Api)] pub enum $typeAny { Of($typeOf), Or(Named) } DERIVE pub struct $type { pub any: Option<$typeAny> }", r#"{"any": {"of": {"at": $value}}}"#, "any.of.at"),
    scope("Each", "DERIVE pub struct $type { #[kgen(each($marker))] pub at: Vec<$value> }", r#"{"at": [$value]}"#, "at[0]"),
    scope("EachOption", "DERIVE pub struct $type { #[kgen(each($marker))] pub at: Option<Vec<Option<$value>>> }", r#"{"at": [null, $value]}"#, "at[1]"),
    scope("Values", "DERIVE pub struct $type { #[kgen(each($marker))] pub at: BTreeMap<String, $value> }", r#"{"at": {"a": $value}}"#, "at[a]"),
    scope("ValuesByName", "DERIVE pub struct $type { #[kgen(each($marker))] pub at: BTreeMap<Kind, $value> }", r#"{"at": {"B": $value}}"#, "at[B]"),
    scope("EachEach", "DERIVE pub struct $type { #[kgen(each(each($marker)))] pub at: Vec<HashMap<String, $value>> }", r#"{"at": [{"a": $value}]}"#, "at[0][a]"),
    scope("Keys", "DERIVE pub struct $type { #[kgen(each_key($marker))] pub at: BTreeMap<String, i32> }", r#"{"at": {$key: 1}}"#, "at").about_text(),
    scope("KeysOfNewtype", "DERIVE #[derive(Eq, Ord, PartialOrd)] pub struct $typeOf(pub String); DERIVE pub struct $type { #[kgen(each_key($marker))] pub at: BTreeMap<$typeOf, i32> }", r#"{"at": {$key: 1}}"#, "at").about_text(),
    scope("KeysOfType", "DERIVE #[derive(Eq, Ord, PartialOrd)] #[kgen($marker)] pub struct $typeOf(pub String); DERIVE pub struct $type { pub at: BTreeMap<$typeOf, i32> }", r#"{"at": {$key: 1}}"#, "at").about_text(),
    scope("Subfield", "DERIVE pub struct $typeOf { pub at: Option<$value> } DERIVE pub struct $type { #[kgen(subfield(\"at\", $marker))] pub of: $typeOf }", r#"{"of": {"at": $value}}"#, "of.at"),
    scope("SubfieldOption", "DERIVE pub struct $typeOf { pub at: $value } DERIVE pub struct $type { #[kgen(subfield(\"at\", $marker))] pub of: Option<Box<$typeOf>> }", r#"{"of": {"at": $value}}"#, "of.at"),
    scope("SubfieldOfType", "DERIVE #[kgen(subfield(\"at\", $marker))] pub struct $type { pub at: Option<$value> }", r#"{"at": $value}"#, "at"),
    scope("Item", "DERIVE pub struct $typeOf { pub name: String, pub at: Option<$value> } DERIVE pub struct $type { #[kgen(list = map(key = \"name\"), item(name = \"a\", subfield(\"at\", $marker)))] pub of: Vec<$typeOf> }", r#"{"of": [{"name": "b"}, {"name": "a", "at": $value}]}"#, "of[1].at"),
    scope("OnUpdate", "DERIVE pub struct $type { #[kgen(on_update($marker))] pub at: $value }", r#"{"at": $value}"#, "at").when(When::Update),
    scope("IfEnabled", "DERIVE pub struct $type { #[kgen(if_enabled(\"Feature\", $marker))] pub at: Option<$value> }", r#"{"at": $value}"#, "at").when(When::Feature(true)),
    scope("IfDisabled", "DERIVE pub struct $type { #[kgen(if_disabled(\"Feature\", $marker))] pub at: $value }", r#"{"at": $value}"#, "at").when(When::Feature(false)),
    scope("Alpha", "DERIVE pub struct $type { #[kgen(alpha(since = \"1.3\", $marker))] pub at: $value }", r#"{"at": $value}"#, "at").when(When::Level("alpha")),
    scope("Beta", "DERIVE pub struct $type { #[kgen(beta($marker))] pub at: Option<$value> }", r#"{"at": $value}"#, "at").when(When::Level("beta")),
    scope("Mode", "DERIVE pub struct $type { #[kgen(mode_discriminator)] pub mode: Kind, #[kgen(if_mode(\"B\", $marker))] pub at: Option<$value> }", r#"{"mode": "B", "at": $value}"#, "at"),
    scope("Case", "DERIVE pub struct $type { #[kgen(all_of(case($marker)))] pub at: $value }", r#"{"at": $value}"#, "at"),
];
