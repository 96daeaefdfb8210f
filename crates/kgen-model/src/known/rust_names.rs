//! The Rust names that k8s-openapi gives to the fields of Kubernetes. They follow from its own rules and not from ours
//! (`openAPIV3Schema` is `open_api_v3_schema` there), which is why they are not in [`crate::names`].

/// The Rust name of a field in k8s-openapi, without `r#`: it has none where a word of Rust would need it.
pub(super) fn rust_field(wire: &str) -> String {
    match wire {
        "$ref" => "ref_path".to_owned(),
        "$schema" => "schema".to_owned(),
        "continue" | "enum" | "type" => format!("{wire}_"),
        _ => snake(wire),
    }
}

fn snake(wire: &str) -> String {
    let characters: Vec<char> = wire.chars().collect();
    let mut out = String::with_capacity(wire.len() + 8);
    for (at, &character) in characters.iter().enumerate() {
        let follows_capital = at > 0 && characters[at - 1].is_uppercase();
        if character.is_uppercase() && at > 0 && (!follows_capital || begins_word(&characters[at + 1..])) {
            out.push('_');
        }
        out.extend(if character == '-' {
            Some('_')
        } else {
            character.to_lowercase().next()
        });
    }
    out
}

/// Whether the last capital of several begins a word, by what follows it: the `S` of `APISchema` does, the `P` of
/// `podIPs` does not.
fn begins_word(rest: &[char]) -> bool {
    rest.first().is_some_and(|next| !next.is_uppercase()) && rest != ['s']
}

#[cfg(test)]
mod tests {
    use super::rust_field;

    #[test]
    fn fields_are_named_as_in_k8s_openapi() {
        let names = [
            ("$ref", "ref_path"),
            ("$schema", "schema"),
            ("apiVersion", "api_version"),
            ("clusterIPs", "cluster_ips"),
            ("continue", "continue_"),
            ("fsType", "fs_type"),
            ("hostIPC", "host_ipc"),
            ("insecureSkipTLSVerify", "insecure_skip_tls_verify"),
            ("nonResourceURLs", "non_resource_urls"),
            ("openAPIV3Schema", "open_api_v3_schema"),
            ("serverAddressByClientCIDRs", "server_address_by_client_cidrs"),
            ("stubPKCS10Request", "stub_pkc_s10_request"),
            ("x-kubernetes-list-map-keys", "x_kubernetes_list_map_keys"),
        ];
        for (wire, rust) in names {
            assert_eq!(rust_field(wire), rust);
        }
    }
}
