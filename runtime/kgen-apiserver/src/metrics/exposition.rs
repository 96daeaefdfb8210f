//! The text that Prometheus reads.

use std::fmt::Write;

/// What `Content-Type` says of the text.
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

/// Text in the making.
#[derive(Debug, Default)]
pub(super) struct Exposition(String);

impl Exposition {
    /// Begins a family of samples.
    pub(super) fn family(&mut self, name: &str, type_: &str, help: &str) {
        self.push(format_args!("# HELP {name} {help}\n# TYPE {name} {type_}\n"));
    }

    /// Adds a sample to the family that was begun last.
    pub(super) fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        self.0.push_str(name);
        for (index, (label, value)) in labels.iter().enumerate() {
            self.0.push(if index == 0 { '{' } else { ',' });
            self.push(format_args!("{label}=\"{}\"", escaped(value)));
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        self.push(format_args!(" {value}\n"));
    }

    /// A family of one sample without labels.
    pub(super) fn single(&mut self, name: &str, type_: &str, help: &str, value: f64) {
        self.family(name, type_, help);
        self.sample(name, &[], value);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing into a string does not fail.
        let _ = self.0.write_fmt(text);
    }
}

fn escaped(value: &str) -> std::borrow::Cow<'_, str> {
    if value.contains(['\\', '"', '\n']) {
        value
            .replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .into()
    } else {
        value.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_have_labels_and_values() {
        let mut text = Exposition::default();
        text.family("a_total", "counter", "Counts.");
        text.sample("a_total", &[("x", "1"), ("y", "q\"\\\n")], 3.0);
        text.single("b", "gauge", "Measures.", 0.25);
        let wanted = "# HELP a_total Counts.\n# TYPE a_total counter\na_total{x=\"1\",y=\"q\\\"\\\\\\n\"} 3\n\
                      # HELP b Measures.\n# TYPE b gauge\nb 0.25\n";
        assert_eq!(text.into_text(), wanted);
    }
}
