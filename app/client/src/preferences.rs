//! What a person prefers on this device.

/// One preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// The minimap is open.
    Minimap,
    /// Dark colours.
    Dark,
    /// What is dragged snaps to what is there.
    Snaps,
    /// The wheel zooms; with Ctrl it moves the view.
    WheelZooms,
    /// What others do is not read out.
    Quiet,
    /// Keys without Ctrl call actions.
    SingleKeys,
}

impl Preference {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Minimap,
        Self::Dark,
        Self::Snaps,
        Self::WheelZooms,
        Self::Quiet,
        Self::SingleKeys,
    ];

    /// The name under which the device remembers it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimap => "minimap",
            Self::Dark => "dark",
            Self::Snaps => "snaps",
            Self::WheelZooms => "wheel_zooms",
            Self::Quiet => "quiet",
            Self::SingleKeys => "single_keys",
        }
    }

    /// What holds where nobody has chosen yet. `system_is_dark`: the system asks for dark colours.
    pub fn default_value(self, system_is_dark: bool) -> bool {
        match self {
            Self::Dark => system_is_dark,
            Self::Snaps | Self::SingleKeys => true,
            Self::Minimap | Self::WheelZooms | Self::Quiet => false,
        }
    }
}

/// All preferences, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences(u8);

impl Preferences {
    /// Those that `is_on` says.
    pub fn read(is_on: impl Fn(Preference) -> bool) -> Self {
        let mut read = Self::default();
        for preference in Preference::ALL {
            read.set(preference, is_on(preference));
        }
        read
    }

    /// Whether one is on.
    pub fn is_on(self, preference: Preference) -> bool {
        self.0 & (1 << preference as u8) != 0
    }

    /// Turns one on or off.
    pub(crate) fn set(&mut self, preference: Preference, on: bool) {
        let bit = 1 << preference as u8;
        self.0 = if on { self.0 | bit } else { self.0 & !bit };
    }
}
