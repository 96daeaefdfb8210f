//! Where the objects of one resource lie in a store: the same keys as those of the Go servers.

use std::fmt;

/// The keys of one resource: `<prefix>/<namespace>/<name>`, without the namespace for what has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    prefix: String,
}

/// A namespace or name that cannot be part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSegment(String);

impl Keys {
    /// The keys below a server's prefix and a resource's, such as `/registry/wardle.example.com` and
    /// `wardle.example.com/flunders`.
    pub fn new(server: &str, resource: &str) -> Result<Self, BadSegment> {
        let (server, resource) = (server.trim_matches('/'), resource.trim_matches('/'));
        let mut prefix = String::from("/");
        for part in server.split('/').chain(resource.split('/')) {
            prefix.push_str(checked(part)?);
            prefix.push('/');
        }
        Ok(Self { prefix })
    }

    /// What all keys begin with. It ends with `/`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// What the keys of a namespace begin with. It ends with `/`, so that `ns1` is not the beginning of `ns10`.
    pub fn namespace(&self, namespace: &str) -> Result<String, BadSegment> {
        Ok(format!("{}{}/", self.prefix, checked(namespace)?))
    }

    /// The key of an object.
    pub fn object(&self, namespace: Option<&str>, name: &str) -> Result<String, BadSegment> {
        let name = checked(name)?;
        match namespace {
            None => Ok(format!("{}{name}", self.prefix)),
            Some(namespace) => Ok(format!("{}{}/{name}", self.prefix, checked(namespace)?)),
        }
    }
}

/// A path segment as Kubernetes permits it (`path.IsValidPathSegmentName`).
fn checked(segment: &str) -> Result<&str, BadSegment> {
    match segment {
        "" | "." | ".." => Err(BadSegment(segment.to_owned())),
        _ if segment.contains(['/', '%', '\0']) => Err(BadSegment(segment.to_owned())),
        _ => Ok(segment),
    }
}

impl fmt::Display for BadSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            "" => f.write_str("must not be empty"),
            segment @ ("." | "..") => write!(f, "may not be '{segment}'"),
            _ => write!(f, "may not contain '/' or '%': {:?}", self.0),
        }
    }
}

impl std::error::Error for BadSegment {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_go_servers() {
        for server in ["/registry/wardle.example.com", "registry/wardle.example.com/"] {
            let keys = Keys::new(server, "wardle.example.com/flunders").unwrap();
            let prefix = "/registry/wardle.example.com/wardle.example.com/flunders/";
            assert_eq!(keys.prefix(), prefix);
            assert_eq!(keys.namespace("sample").unwrap(), format!("{prefix}sample/"));
            assert_eq!(
                keys.object(Some("sample"), "one").unwrap(),
                format!("{prefix}sample/one")
            );
            assert_eq!(keys.object(None, "one").unwrap(), format!("{prefix}one"));
        }
    }

    #[test]
    fn nothing_leads_out_of_the_prefix() {
        let keys = Keys::new("/registry", "pods").unwrap();
        for bad in ["", ".", "..", "../a", "a/b", "a%2fb", "a\0"] {
            assert!(keys.object(None, bad).is_err(), "{bad:?}");
            assert!(keys.object(Some(bad), "a").is_err(), "{bad:?}");
            assert!(keys.namespace(bad).is_err(), "{bad:?}");
        }
        assert!(Keys::new("/registry/../etc", "pods").is_err());
        assert!(Keys::new("/registry", "").is_err());
        assert_eq!(keys.object(None, "...").unwrap(), "/registry/pods/...");
    }
}
