kgen::version! { group = "shop.example.com", version = "v1" }

/// Bestellungen für Kunden.
pub struct Order;
