//! `plugin_api.h` of Beamline, major 1, as Rust sees it. The comments of the header are the contract.
#![allow(dead_code)]

use std::ffi::{c_char, c_void};

pub type Status = i32;
pub type Call = u64;

pub const OK: Status = 0;
pub const INVALID_ARGUMENT: Status = 1;
pub const NOT_FOUND: Status = 2;
pub const FORBIDDEN: Status = 3;
pub const CONFLICT: Status = 4;
pub const UNAVAILABLE: Status = 5;
pub const TIMEOUT: Status = 6;
pub const TOO_LARGE: Status = 7;
pub const RATE_LIMITED: Status = 8;
pub const INTERNAL: Status = 9;
pub const CANCELLED: Status = 10;
pub const UNSUPPORTED: Status = 11;
pub const INPUT_REQUIRED: Status = 12;
pub const BUSY: Status = 13;
pub const STALE: Status = 14;

pub const ABI_MAJOR: u32 = 1;
pub const ABI_MINOR: u32 = 0;

pub const START: u32 = 1;
pub const STOP: u32 = 2;
pub const HEALTH: u32 = 3;
pub const LIST: u32 = 4;
pub const TOOL_CALL: u32 = 16;
pub const RESOURCE_READ: u32 = 17;
pub const PROMPT_GET: u32 = 18;
pub const COMPLETION: u32 = 19;
pub const SUBSCRIBE: u32 = 20;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    pub ptr: *const c_char,
    pub len: u64,
}

impl Str {
    pub const EMPTY: Str = Str { ptr: std::ptr::null(), len: 0 };

    pub fn lend(text: &str) -> Str {
        Str { ptr: text.as_ptr().cast(), len: text.len() as u64 }
    }

    /// # Safety
    /// Only while the host lends the bytes: until the function they came into returns.
    pub unsafe fn text<'a>(self) -> Option<&'a str> {
        if self.len == 0 {
            return Some("");
        }
        std::str::from_utf8(std::slice::from_raw_parts(self.ptr.cast(), self.len as usize)).ok()
    }
}

#[repr(C)]
pub struct Request {
    pub struct_size: u64,
    pub call: Call,
    pub method: u32,
    pub flags: u32,
    pub name: Str,
    pub body: Str,
    pub context: Str,
    pub deadline_ns: i64,
}

#[repr(C)]
pub struct Result {
    pub struct_size: u64,
    pub status: Status,
    pub flags: u32,
    pub structured: Str,
    pub content: Str,
    pub meta: Str,
}

pub type Reply = extern "C" fn(user: *mut c_void, status: Status, body: Str);

#[repr(C)]
pub struct Host {
    pub struct_size: u64,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub context: *mut c_void,
    pub product: Str,
    pub version: Str,
    pub get_interface: extern "C" fn(*const Host, *const c_char) -> *const c_void,
    pub log: extern "C" fn(*const Host, Call, u32, Str, Str),
    pub complete: extern "C" fn(*const Host, Call, *const Result) -> Status,
    pub emit: extern "C" fn(*const Host, Call, u32, Str) -> Status,
    pub progress: extern "C" fn(*const Host, Call, f64, f64, Str) -> Status,
    pub poll: extern "C" fn(*const Host, Call) -> Status,
    pub notify: extern "C" fn(*const Host, u32, Str),
    pub invoke: extern "C" fn(*const Host, Call, Str, Str, Reply, *mut c_void, *mut Call) -> Status,
    pub abort: extern "C" fn(*const Host, Call),
}

#[repr(C)]
pub struct Plugin<Instance> {
    pub struct_size: u64,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub flags: u64,
    pub manifest: extern "C" fn() -> Str,
    pub create: unsafe extern "C" fn(*const Host, Str, *mut *mut Instance) -> Status,
    pub destroy: unsafe extern "C" fn(*mut Instance),
    pub submit: unsafe extern "C" fn(*mut Instance, *const Request) -> Status,
    pub cancel: unsafe extern "C" fn(*mut Instance, Call, Status),
    pub get_interface: Option<unsafe extern "C" fn(*mut Instance, *const c_char) -> *const c_void>,
}

const _: () = {
    assert!(size_of::<Str>() == 16);
    assert!(size_of::<Request>() == 80 && std::mem::offset_of!(Request, deadline_ns) == 72);
    assert!(size_of::<Result>() == 64 && std::mem::offset_of!(Result, meta) == 48);
    assert!(size_of::<Host>() == 128 && std::mem::offset_of!(Host, complete) == 72);
    assert!(size_of::<Plugin<u8>>() == 72 && std::mem::offset_of!(Plugin<u8>, submit) == 48);
};
