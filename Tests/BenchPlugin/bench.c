/* The plugin that scripts/bench measures the gateway with: it does as little as a plugin can.
 *
 * Tools: echo {text}, big {} (150 rows, about 10 kB), and fillers t3, t4, ... that come through LIST. The
 * configuration {"tools": N} says how many tools there are in all, so the last one is tN.
 *
 * With "streams": true there are two more, which do not count: slow {milliseconds} answers after that time, and
 * change {notes} says that the list of tools has changed, which it has, and the first so many of the resources
 * "note:0000...", each with an address of about 1 kB. */
#include "plugin_api.h"
#include "slow_calls.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STR(text) ((beam_str){(text), sizeof(text) - 1})

enum {
  ROWS = 150,
  ROW_BYTES = 96,           /* the longest row */
  STATIC_TOOLS = 2,         /* those of the manifest */
  DEFAULT_TOOLS = 100,
  TOOLS_PER_PAGE = 500,     /* the host reads at most 100 pages */
  FILLER_BYTES = 320,       /* the longest description of a filler */
  MOST_NOTES = 256,
  NOTE_DIGITS = 1000,       /* the length of a note's number, with zeros before it */
};

#define OBJECT(properties, required) \
  "{\"type\":\"object\",\"properties\":{" properties "},\"required\":[" required "]}"
#define ROW_SCHEMA \
  OBJECT("\"pandaid\":{\"type\":\"integer\"},\"site\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"}", \
         "\"pandaid\",\"site\",\"status\"")

static const char manifest[] =
    "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.beamline.bench\",\"version\":\"1.0.0\",\"namespace\":\"bench\","
    "\"abi\":{\"major\":1,\"min_minor\":0},\"execution\":{\"concurrency\":256,\"blocking\":false},"
    "\"tools\":["
    "{\"name\":\"echo\",\"description\":\"Answers with the text it was given.\","
    "\"inputSchema\":" OBJECT("\"text\":{\"type\":\"string\"}", "\"text\"") ","
    "\"outputSchema\":" OBJECT("\"text\":{\"type\":\"string\"}", "\"text\"") ","
    "\"annotations\":{\"readOnlyHint\":true}},"
    "{\"name\":\"big\",\"description\":\"Answers with 150 rows, about 10 kB.\","
    "\"inputSchema\":{\"type\":\"object\"},"
    "\"outputSchema\":" OBJECT("\"rows\":{\"type\":\"array\",\"items\":" ROW_SCHEMA "}", "\"rows\"") ","
    "\"annotations\":{\"readOnlyHint\":true}}],"
    "\"resourceTemplates\":[{\"uriTemplate\":\"note:{number}\",\"name\":\"note\"}],"
    "\"auth\":{\"roles\":{\"user\":\"may use the tools\"},\"scopes\":{\"read\":\"call the tools\"},\"implies\":{},"
    "\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"],\"scope\":[\"read\"]}},"
    /* For callers with a token and without one alike: what a token costs. */
    "{\"match\":\"t3\",\"public\":true}]},"
    "\"configSchema\":{\"type\":\"object\",\"properties\":{\"tools\":{\"type\":\"integer\",\"minimum\":2,"
    "\"maximum\":50000,\"description\":\"How many tools there are in all; 100 when it is absent.\"},"
    "\"streams\":{\"type\":\"boolean\",\"description\":\"Whether slow and change are there too.\"}},"
    "\"additionalProperties\":false}}";

struct beam_instance {
  const beam_host *host;
  slow_calls *slow;
  int has_stream_tools;
  atomic_int offers_more;
  long tools;
  size_t rows_length;
  char rows[ROWS * ROW_BYTES + 16];
};

static void answer(const beam_instance *self, beam_call call, beam_status status, beam_str structured) {
  beam_result result = {sizeof result, status, 0, structured, {NULL, 0}, {NULL, 0}};
  self->host->complete(self->host, call, &result);
}

static int equals(beam_str text, const char *word) {
  return text.len == strlen(word) && memcmp(text.ptr, word, text.len) == 0;
}

/* The bytes after the colon of a member whose name occurs once, to the end of the object. The host has checked the
   object against its schema before, so this need not be a parser. */
static beam_str after_name(beam_str object, const char *name) {
  size_t length = strlen(name), i;
  for (i = 0; i + length + 2 < object.len; i++) {
    if (object.ptr[i] != '"' || memcmp(object.ptr + i + 1, name, length) != 0 || object.ptr[i + length + 1] != '"') continue;
    for (i += length + 2; i < object.len && strchr(": \t\r\n", object.ptr[i]); i++) {}
    return (beam_str){object.ptr + i, object.len - i};
  }
  return (beam_str){NULL, 0};
}

/* A JSON string with its quotes. */
static beam_str text_member(beam_str object, const char *name) {
  beam_str value = after_name(object, name);
  size_t i;
  if (value.len == 0 || value.ptr[0] != '"') return (beam_str){NULL, 0};
  for (i = 1; i < value.len && value.ptr[i] != '"'; i++)
    if (value.ptr[i] == '\\') i++;
  if (i >= value.len) return (beam_str){NULL, 0};
  return (beam_str){value.ptr, i + 1};
}

/* A number, or a number inside a string. */
static long number_member(beam_str object, const char *name, long otherwise) {
  beam_str value = after_name(object, name);
  char digits[24] = {0};
  size_t skipped = value.len > 0 && value.ptr[0] == '"' ? 1 : 0, i;
  for (i = 0; i + skipped < value.len && i + 1 < sizeof digits; i++) {
    char digit = value.ptr[i + skipped];
    if (digit < '0' || digit > '9') break;
    digits[i] = digit;
  }
  return i == 0 ? otherwise : strtol(digits, NULL, 10);
}

static void out_of_memory(const beam_instance *self, beam_call call) {
  answer(self, call, BEAM_UNAVAILABLE, STR("{\"message\":\"Out of memory.\"}"));
}

static void echo(const beam_instance *self, const beam_request *request) {
  beam_str text = text_member(request->body, "text");
  char *json = malloc(text.len + 16);
  if (json == NULL) {
    out_of_memory(self, request->call);
    return;
  }
  memcpy(json, "{\"text\":", 8);
  memcpy(json + 8, text.ptr, text.len);
  json[8 + text.len] = '}';
  answer(self, request->call, BEAM_OK, (beam_str){json, text.len + 9});
  free(json);
}

static const char stream_tools[] =
    "{\"name\":\"slow\",\"description\":\"Answers after some milliseconds.\",\"inputSchema\":"
    OBJECT("\"milliseconds\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":30000}", "\"milliseconds\"") "},"
    "{\"name\":\"change\",\"description\":\"Changes the list of tools and the first notes.\",\"inputSchema\":"
    OBJECT("\"notes\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":256}", "\"notes\"") "}";

/* One page of the fillers; a cursor is the number of its first tool. */
static void list(beam_instance *self, const beam_request *request) {
  long first = number_member(request->body, "cursor", STATIC_TOOLS + 1), number;
  long tools = self->tools + atomic_load(&self->offers_more);
  long last = tools - first < TOOLS_PER_PAGE ? tools : first + TOOLS_PER_PAGE - 1;
  size_t length;
  char *json;
  if (!equals(request->name, "tools")) {
    answer(self, request->call, BEAM_OK, STR("{\"items\":[]}"));
    return;
  }
  json = malloc((size_t)TOOLS_PER_PAGE * FILLER_BYTES + sizeof stream_tools + 64);
  if (json == NULL) {
    out_of_memory(self, request->call);
    return;
  }
  length = (size_t)sprintf(json, "{\"items\":[");
  if (self->has_stream_tools && first == STATIC_TOOLS + 1) {
    length += (size_t)sprintf(json + length, "%s%s", stream_tools, last < first ? "" : ",");
  }
  for (number = first; number <= last; number++) {
    length += (size_t)snprintf(
        json + length, FILLER_BYTES,
        "%s{\"name\":\"t%ld\",\"description\":\"Filler %ld: answers with its own number.\",\"inputSchema\":"
        "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",\"description\":\"Not looked at.\"}}},"
        "\"annotations\":{\"readOnlyHint\":true}}",
        number == first ? "" : ",", number, number);
  }
  length += (size_t)sprintf(json + length, "]");
  if (last < tools) length += (size_t)sprintf(json + length, ",\"next_cursor\":\"%ld\"", last + 1);
  length += (size_t)sprintf(json + length, "}");
  answer(self, request->call, BEAM_OK, (beam_str){json, length});
  free(json);
}

static void filler(const beam_instance *self, const beam_request *request) {
  char json[64];
  int length = snprintf(json, sizeof json, "{\"tool\":\"%.*s\"}", (int)request->name.len, request->name.ptr);
  answer(self, request->call, BEAM_OK, (beam_str){json, (uint64_t)length});
}

static int is_filler(beam_str name) {
  return name.len > 1 && name.len < 24 && name.ptr[0] == 't' && name.ptr[1] >= '1' && name.ptr[1] <= '9';
}

static void change(beam_instance *self, const beam_request *request) {
  long notes = number_member(request->body, "notes", 0), number;
  char uri[NOTE_DIGITS + 32];
  atomic_fetch_xor(&self->offers_more, 1);
  self->host->notify(self->host, BEAM_N_LIST_CHANGED, STR("{\"lists\":[\"tools\"]}"));
  for (number = 0; number < notes && number < MOST_NOTES; number++) {
    int length = snprintf(uri, sizeof uri, "{\"uri\":\"note:%0*ld\"}", NOTE_DIGITS, number);
    self->host->notify(self->host, BEAM_N_RESOURCE_UPDATED, (beam_str){uri, (uint64_t)length});
  }
  answer(self, request->call, BEAM_OK, STR("{}"));
}

static beam_status call_tool(beam_instance *self, const beam_request *request) {
  if (equals(request->name, "echo")) {
    echo(self, request);
  } else if (equals(request->name, "big")) {
    answer(self, request->call, BEAM_OK, (beam_str){self->rows, self->rows_length});
  } else if (equals(request->name, "slow")) {
    return slow_calls_add(self->slow, request->call, number_member(request->body, "milliseconds", 0));
  } else if (equals(request->name, "change")) {
    change(self, request);
  } else if (is_filler(request->name)) {
    filler(self, request);
  } else {
    answer(self, request->call, BEAM_NOT_FOUND, STR("{\"message\":\"There is no such tool.\"}"));
  }
  return BEAM_OK;
}

static beam_str get_manifest(void) { return STR(manifest); }

static void write_rows(beam_instance *self) {
  size_t length = (size_t)sprintf(self->rows, "{\"rows\":[");
  int row;
  for (row = 0; row < ROWS; row++) {
    length += (size_t)snprintf(
        self->rows + length, ROW_BYTES, "%s{\"pandaid\":%d,\"site\":\"SITE_%03d\",\"status\":\"%s\"}",
        row == 0 ? "" : ",", 680073000 + row, row % 40, row % 3 == 0 ? "finished and merged" : "waiting for input");
  }
  length += (size_t)sprintf(self->rows + length, "]}");
  self->rows_length = length;
}

static beam_status create(const beam_host *host, beam_str config, beam_instance **out) {
  beam_instance *self = calloc(1, sizeof *self);
  if (self == NULL) return BEAM_UNAVAILABLE;
  self->slow = slow_calls_create(host);
  if (self->slow == NULL) {
    free(self);
    return BEAM_UNAVAILABLE;
  }
  self->host = host;
  self->tools = number_member(config, "tools", DEFAULT_TOOLS);
  self->has_stream_tools = after_name(config, "streams").len > 0 && *after_name(config, "streams").ptr == 't';
  write_rows(self);
  *out = self;
  return BEAM_OK;
}

static void destroy(beam_instance *self) {
  slow_calls_destroy(self->slow);
  free(self);
}

static beam_status submit(beam_instance *self, const beam_request *request) {
  switch (request->method) {
  case BEAM_M_START:
    if (!slow_calls_start(self->slow)) return BEAM_UNAVAILABLE;
    answer(self, request->call, BEAM_OK, STR("{}"));
    return BEAM_OK;
  case BEAM_M_STOP:
    slow_calls_stop(self->slow);
    answer(self, request->call, BEAM_OK, STR("{}"));
    return BEAM_OK;
  case BEAM_M_HEALTH:
    answer(self, request->call, BEAM_OK, STR("{\"status\":\"ok\"}"));
    return BEAM_OK;
  case BEAM_M_LIST:
    list(self, request);
    return BEAM_OK;
  case BEAM_M_TOOL_CALL:
    return call_tool(self, request);
  case BEAM_M_RESOURCE_READ:
    answer(self, request->call, BEAM_OK, STR("{\"contents\":[]}"));
    return BEAM_OK;
  default:
    return BEAM_UNSUPPORTED;
  }
}

/* Every other call is answered before submit returns. */
static void cancel(beam_instance *self, beam_call call, beam_status why) {
  (void)why;
  slow_calls_cancel(self->slow, call);
}

static const beam_plugin plugin = {
    sizeof plugin, BEAM_ABI_MAJOR, BEAM_ABI_MINOR, 0, get_manifest, create, destroy, submit, cancel, NULL,
};

const beam_plugin *beam_plugin_v1(const beam_host *host) {
  return host->abi_major == BEAM_ABI_MAJOR ? &plugin : NULL;
}
