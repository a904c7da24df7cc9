/* The neutrino plugin. The contract is in beamline/plugin_api.h; read its comments once. */
#include "plugin_api.h"

#include <stdlib.h>
#include <string.h>

#define TEXT(literal) ((beam_str){(literal), sizeof(literal) - 1})
#define NOTHING ((beam_str){NULL, 0})

static const char manifest[] =
#include "manifest.inc"
    ;

/* Everything the plugin knows. Several instances may live side by side, so nothing is kept in static variables. */
struct beam_instance {
  const beam_host *host;
};

static void complete(const beam_instance *self, beam_call call, beam_status status, beam_str structured) {
  beam_result result = {sizeof result, status, 0, structured, NOTHING, NOTHING};
  self->host->complete(self->host, call, &result);
}

static int equals(beam_str text, const char *word) {
  return text.len == strlen(word) && memcmp(text.ptr, word, text.len) == 0;
}

/* The inside of the text that is the member `name` of an object, with its escapes. The gateway has checked the arguments
   against the schema; a plugin that needs numbers or nested values should bring a JSON parser. */
static int text_argument(beam_str object, const char *name, beam_str *value) {
  int depth = 0, is_wanted = 0;
  char last = 0; /* the last character outside of texts that is no space */
  uint64_t index, begin;
  for (index = 0; index < object.len; index++) {
    char character = object.ptr[index];
    if (character == '"') {
      beam_str text;
      begin = ++index;
      while (index < object.len && object.ptr[index] != '"') index += object.ptr[index] == '\\' ? 2 : 1;
      if (index >= object.len) return 0;
      text = (beam_str){object.ptr + begin, index - begin};
      if (depth == 1 && last == ':' && is_wanted) {
        *value = text;
        return 1;
      }
      if (depth == 1 && last != ':') is_wanted = equals(text, name);
    }
    if (character == '{' || character == '[') depth++;
    if (character == '}' || character == ']') depth--;
    if (character != ' ' && character != '\n' && character != '\r' && character != '\t') last = character;
  }
  return 0;
}

static beam_status greet(beam_instance *self, const beam_request *request) {
  static const char before[] = "{\"greeting\":\"Hello, ", after[] = ".\"}";
  beam_str name = NOTHING;
  char *answer;
  uint64_t length;
  if (!text_argument(request->body, "name", &name)) {
    complete(self, request->call, BEAM_INVALID_ARGUMENT, TEXT("{\"message\":\"name must be a text.\"}"));
    return BEAM_OK;
  }
  length = sizeof before - 1 + name.len + sizeof after - 1;
  answer = malloc(length);
  if (answer == NULL) return BEAM_UNAVAILABLE;
  memcpy(answer, before, sizeof before - 1);
  memcpy(answer + sizeof before - 1, name.ptr, name.len);
  memcpy(answer + length - (sizeof after - 1), after, sizeof after - 1);
  complete(self, request->call, BEAM_OK, (beam_str){answer, length});
  free(answer); /* the host has copied it */
  return BEAM_OK;
}

static beam_status call_tool(beam_instance *self, const beam_request *request) {
  if (equals(request->name, "greet")) return greet(self, request);
  complete(self, request->call, BEAM_NOT_FOUND, TEXT("{\"message\":\"There is no such tool.\"}"));
  return BEAM_OK;
}

/* Whatever is taken with BEAM_OK is completed once; whatever is refused is not completed. */
static beam_status submit(beam_instance *self, const beam_request *request) {
  switch (request->method) {
  case BEAM_M_START:
  case BEAM_M_STOP:
    complete(self, request->call, BEAM_OK, TEXT("{}"));
    return BEAM_OK;
  case BEAM_M_HEALTH:
    complete(self, request->call, BEAM_OK, TEXT("{\"status\":\"ok\"}"));
    return BEAM_OK;
  case BEAM_M_TOOL_CALL:
    return call_tool(self, request);
  default:
    return BEAM_UNSUPPORTED;
  }
}

/* Every call is completed inside submit, so there is never one to cancel. */
static void cancel(beam_instance *self, beam_call call, beam_status why) { (void)self, (void)call, (void)why; }

static beam_str get_manifest(void) { return (beam_str){manifest, sizeof manifest - 1}; }

static beam_status create(const beam_host *host, beam_str config, beam_instance **out) {
  beam_instance *self = malloc(sizeof *self);
  (void)config;
  if (self == NULL) return BEAM_UNAVAILABLE;
  self->host = host;
  *out = self;
  return BEAM_OK;
}

static void destroy(beam_instance *self) { free(self); }

static const beam_plugin plugin = {
    sizeof plugin, BEAM_ABI_MAJOR, BEAM_ABI_MINOR, 0, get_manifest, create, destroy, submit, cancel, NULL,
};

const beam_plugin *beam_plugin_v1(const beam_host *host) { return host->abi_major == BEAM_ABI_MAJOR ? &plugin : NULL; }
