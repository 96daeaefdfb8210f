//! The version of the fleet's API that is stored, and the one to use.

pub mod chassis;
pub mod dock_request;
pub mod drive;
pub mod mission;
pub mod network;
pub mod ota_update;
pub mod pool;
pub mod power;
pub mod robot;
pub mod robot_status;
pub mod site;
pub mod step;
pub mod tools;

pub use chassis::{Brake, Chassis, Sensor};
pub use dock_request::DockRequest;
pub use drive::Drive;
pub use mission::{Mission, MissionSpec, MissionStatus};
pub use network::{Network, Protocol};
pub use ota_update::{OtaUpdate, OtaUpdateSpec, OtaUpdateStatus};
pub use pool::{Pool, PoolSpec, PoolStatus};
pub use power::{ChargingMode, Power};
pub use robot::{Robot, RobotSpec};
pub use robot_status::{Phase, RobotStatus};
pub use site::{HouseRule, Site, SiteSpec};
pub use step::{Action, Step};
pub use tools::{Gripper, Load, Tool, Tools};

kgen::version! {
    group = "fleet.example.com",
    version = "v1",
    storage,
    served = true,
    lifecycle(introduced = "1.0"),
    generate(deepcopy = true, openapi = true),
}
