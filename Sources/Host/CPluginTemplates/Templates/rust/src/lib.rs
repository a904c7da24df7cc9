//! The neutrino plugin. The contract is in `plugin_api.h`; its comments say what every function may do.
mod beamline;

use beamline::{Call, Host, Plugin, Request, Status, Str};
use std::panic::{catch_unwind, AssertUnwindSafe};

static MANIFEST: &str = include_str!("../manifest.json");

/// Everything the plugin knows. Several instances may live side by side, so nothing is kept in statics.
pub struct Instance {
    host: *const Host,
}

impl Instance {
    fn complete(&self, call: Call, status: Status, structured: &str) {
        let result = beamline::Result {
            struct_size: size_of::<beamline::Result>() as u64,
            status,
            flags: 0,
            structured: Str::lend(structured),
            content: Str::EMPTY,
            meta: Str::EMPTY,
        };
        // The host stays valid for the life of the process.
        unsafe { ((*self.host).complete)(self.host, call, &result) };
    }
}

/// A failure with a status and a sentence for the caller. The sentence needs no escapes.
type Failure = (Status, &'static str);

/// The inside of the text that is the member `name` of an object, with its escapes. The gateway has checked the arguments
/// against the schema; a plugin that needs numbers or nested values should bring a JSON parser.
fn text_argument<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let bytes = object.as_bytes();
    let (mut index, mut depth, mut is_wanted) = (0, 0, false);
    // The last byte outside of texts that is no space.
    let mut last = 0;
    while index < bytes.len() {
        let byte = bytes[index];
        match byte {
            b'"' => {
                let begin = index + 1;
                index = begin;
                while index < bytes.len() && bytes[index] != b'"' {
                    index += if bytes[index] == b'\\' { 2 } else { 1 };
                }
                let text = object.get(begin..index)?;
                if depth == 1 && last == b':' && is_wanted {
                    return Some(text);
                }
                if depth == 1 && last != b':' {
                    is_wanted = text == name;
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        index += 1;
    }
    None
}

fn greet(arguments: &str) -> Result<String, Failure> {
    let name = text_argument(arguments, "name").ok_or((beamline::INVALID_ARGUMENT, "name must be a text."))?;
    Ok(format!("{{\"greeting\":\"Hello, {name}.\"}}"))
}

fn call_tool(name: &str, arguments: &str) -> Result<String, Failure> {
    match name {
        "greet" => greet(arguments),
        _ => Err((beamline::NOT_FOUND, "There is no such tool.")),
    }
}

extern "C" fn manifest() -> Str {
    Str::lend(MANIFEST)
}

unsafe extern "C" fn create(host: *const Host, _config: Str, out: *mut *mut Instance) -> Status {
    *out = Box::into_raw(Box::new(Instance { host }));
    beamline::OK
}

unsafe extern "C" fn destroy(instance: *mut Instance) {
    drop(Box::from_raw(instance));
}

/// No panic may leave a function that the host calls.
unsafe extern "C" fn submit(instance: *mut Instance, request: *const Request) -> Status {
    let (instance, request) = (&*instance, &*request);
    let outcome = catch_unwind(AssertUnwindSafe(|| match request.method {
        beamline::START | beamline::STOP => Some(Ok("{}".to_owned())),
        beamline::HEALTH => Some(Ok("{\"status\":\"ok\"}".to_owned())),
        beamline::TOOL_CALL => Some(match (request.name.text(), request.body.text()) {
            (Some(name), Some(body)) => call_tool(name, body),
            _ => Err((beamline::INVALID_ARGUMENT, "The request is not UTF-8.")),
        }),
        _ => None,
    }));
    match outcome {
        Ok(None) => return beamline::UNSUPPORTED,
        Ok(Some(Ok(answer))) => instance.complete(request.call, beamline::OK, &answer),
        Ok(Some(Err((status, message)))) => {
            instance.complete(request.call, status, &format!("{{\"message\":\"{message}\"}}"))
        }
        Err(_) => instance.complete(request.call, beamline::INTERNAL, "{\"message\":\"The plugin failed.\"}"),
    }
    beamline::OK
}

/// Every call is completed inside submit, so there is never one to cancel.
unsafe extern "C" fn cancel(_instance: *mut Instance, _call: Call, _why: Status) {}

static PLUGIN: Plugin<Instance> = Plugin {
    struct_size: size_of::<Plugin<Instance>>() as u64,
    abi_major: beamline::ABI_MAJOR,
    abi_minor: beamline::ABI_MINOR,
    flags: 0,
    manifest,
    create,
    destroy,
    submit,
    cancel,
    get_interface: None,
};

/// # Safety
/// Called by the host with a table that is valid while it returns.
#[no_mangle]
pub unsafe extern "C" fn beam_plugin_v1(host: *const Host) -> *const Plugin<Instance> {
    if (*host).abi_major == beamline::ABI_MAJOR {
        &PLUGIN
    } else {
        std::ptr::null()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greets_by_name() {
        let answer = call_tool("greet", r#"{"title":"Dr","name":"Ada \"A\" L"}"#);
        assert_eq!(answer.unwrap(), r#"{"greeting":"Hello, Ada \"A\" L."}"#);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert_eq!(call_tool("no_such_tool", "{}").unwrap_err().0, beamline::NOT_FOUND);
        assert_eq!(call_tool("greet", "{}").unwrap_err().0, beamline::INVALID_ARGUMENT);
        assert_eq!(call_tool("greet", r#"{"name":12}"#).unwrap_err().0, beamline::INVALID_ARGUMENT);
    }
}
