kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Names(pub std::collections::BTreeMap<Key, String>);

#[derive(kgen::Api)]
pub struct Key {
    pub name: String,
}
