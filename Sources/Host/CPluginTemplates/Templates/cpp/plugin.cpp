// The neutrino plugin. The contract is in beamline/plugin_api.h; read its comments once.
#include "plugin_api.h"

#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace {

constexpr char manifest[] =
#include "manifest.inc"
    ;

std::string_view view(beam_str text) { return {text.ptr, static_cast<std::size_t>(text.len)}; }
beam_str lend(std::string_view text) { return {text.data(), text.size()}; }

/// A failure with a status and a sentence for the caller. The sentence needs no escapes.
class Failure : public std::exception {
 public:
  Failure(beam_status status, std::string message) : status_(status), message_(std::move(message)) {}
  beam_status status() const { return status_; }
  const char *what() const noexcept override { return message_.c_str(); }

 private:
  beam_status status_;
  std::string message_;
};

/// The inside of the text that is the member `name` of an object, with its escapes. The gateway has checked the arguments
/// against the schema; a plugin that needs numbers or nested values should bring a JSON parser.
std::optional<std::string_view> text_argument(std::string_view object, std::string_view name) {
  int depth = 0;
  bool is_wanted = false;
  char last = 0;  // the last character outside of texts that is no space
  for (std::size_t index = 0; index < object.size(); index++) {
    const char character = object[index];
    if (character == '"') {
      const std::size_t begin = ++index;
      while (index < object.size() && object[index] != '"') index += object[index] == '\\' ? 2 : 1;
      if (index >= object.size()) return std::nullopt;
      const std::string_view text = object.substr(begin, index - begin);
      if (depth == 1 && last == ':' && is_wanted) return text;
      if (depth == 1 && last != ':') is_wanted = text == name;
    }
    if (character == '{' || character == '[') depth++;
    if (character == '}' || character == ']') depth--;
    if (character != ' ' && character != '\n' && character != '\r' && character != '\t') last = character;
  }
  return std::nullopt;
}

std::string greet(std::string_view arguments) {
  const auto name = text_argument(arguments, "name");
  if (!name) throw Failure(BEAM_INVALID_ARGUMENT, "name must be a text.");
  return "{\"greeting\":\"Hello, " + std::string(*name) + ".\"}";
}

/// The answer to a request, or an exception.
std::string answer(const beam_request &request) {
  switch (request.method) {
    case BEAM_M_START:
    case BEAM_M_STOP:
      return "{}";
    case BEAM_M_HEALTH:
      return "{\"status\":\"ok\"}";
    default:
      if (view(request.name) == "greet") return greet(view(request.body));
      throw Failure(BEAM_NOT_FOUND, "There is no such tool.");
  }
}

bool is_known(std::uint32_t method) {
  return method == BEAM_M_START || method == BEAM_M_STOP || method == BEAM_M_HEALTH || method == BEAM_M_TOOL_CALL;
}

}  // namespace

/// Everything the plugin knows. Several instances may live side by side, so nothing is kept in static variables.
struct beam_instance {
  const beam_host *host;

  void complete(beam_call call, beam_status status, std::string_view structured) const noexcept {
    const beam_result result = {sizeof result, status, 0, lend(structured), {nullptr, 0}, {nullptr, 0}};
    host->complete(host, call, &result);
  }
};

namespace {

// No exception may leave a function that the host calls, so each of them is noexcept and catches.

beam_status submit(beam_instance *self, const beam_request *request) noexcept {
  if (!is_known(request->method)) return BEAM_UNSUPPORTED;
  try {
    self->complete(request->call, BEAM_OK, answer(*request));
  } catch (const Failure &failure) {
    self->complete(request->call, failure.status(), "{\"message\":\"" + std::string(failure.what()) + "\"}");
  } catch (...) {
    self->complete(request->call, BEAM_INTERNAL, "{\"message\":\"The plugin failed.\"}");
  }
  return BEAM_OK;
}

// Every call is completed inside submit, so there is never one to cancel.
void cancel(beam_instance *, beam_call, beam_status) noexcept {}

beam_str get_manifest() noexcept { return lend({manifest, sizeof manifest - 1}); }

beam_status create(const beam_host *host, beam_str, beam_instance **out) noexcept {
  *out = new (std::nothrow) beam_instance{host};
  return *out == nullptr ? BEAM_UNAVAILABLE : BEAM_OK;
}

void destroy(beam_instance *self) noexcept { delete self; }

constexpr beam_plugin plugin = {
    sizeof plugin, BEAM_ABI_MAJOR, BEAM_ABI_MINOR, 0, get_manifest, create, destroy, submit, cancel, nullptr,
};

}  // namespace

extern "C" const beam_plugin *beam_plugin_v1(const beam_host *host) {
  return host->abi_major == BEAM_ABI_MAJOR ? &plugin : nullptr;
}
