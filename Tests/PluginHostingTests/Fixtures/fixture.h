/* What every fixture shares: a plugin that answers START and STOP and owes one function of its own, on_call.
 * A fixture overrides a piece by defining the macro of its name before including this. */
#include "plugin_api.h"

#include <stdlib.h>
#include <string.h>

#define STR(text) ((beam_str){(text), sizeof(text) - 1})
#define NONE ((beam_str){NULL, 0})

struct beam_instance {
  const beam_host *host;
  unsigned attempts;
  beam_call kept;
};

static inline beam_status answer(beam_instance *self, beam_call call, beam_status status, beam_str structured) {
  beam_result result = {sizeof result, status, 0, structured, {NULL, 0}, {NULL, 0}};
  return self->host->complete(self->host, call, &result);
}

/* What the fixture does with a tool call. */
static beam_status on_call(beam_instance *self, const beam_request *request);

#ifndef EXECUTION
#define EXECUTION "{\"concurrency\":16}"
#endif
#ifndef MANIFEST
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.fixture\",\"version\":\"1\",\"namespace\":\"fixture\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"execution\":" EXECUTION "," \
  "\"tools\":[{\"name\":\"act\",\"description\":\"Acts.\",\"inputSchema\":{\"type\":\"object\"}}]," \
  "\"auth\":{\"roles\":{\"user\":\"any\"},\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"]}}]}}"
#endif

static beam_str get_manifest(void) { return STR(MANIFEST); }

#ifndef CREATE
#define CREATE create
static beam_status create(const beam_host *host, beam_str config, beam_instance **out) {
  (void)config;
  *out = calloc(1, sizeof **out);
  if (*out == NULL) return BEAM_UNAVAILABLE;
  (*out)->host = host;
  return BEAM_OK;
}
#endif

static void destroy(beam_instance *self) { free(self); }

#ifndef ON_START
#define ON_START(self, request) answer(self, request->call, BEAM_OK, STR("{}"))
#endif

static beam_status submit(beam_instance *self, const beam_request *request) {
  if (request->method == BEAM_M_START) return ON_START(self, request), BEAM_OK;
  if (request->method == BEAM_M_STOP) return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
  if (request->method == BEAM_M_TOOL_CALL) return on_call(self, request);
#ifdef ON_LIST
  if (request->method == BEAM_M_LIST) return ON_LIST(self, request), BEAM_OK;
#endif
  return BEAM_UNSUPPORTED;
}

#ifndef CANCEL
#define CANCEL cancel
static void cancel(beam_instance *self, beam_call call, beam_status why) { (void)self, (void)call, (void)why; }
#endif

#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(beam_plugin)
#endif
#ifndef TABLE_MAJOR
#define TABLE_MAJOR BEAM_ABI_MAJOR
#endif
#ifndef TABLE_FLAGS
#define TABLE_FLAGS 0
#endif
#ifndef SUBMIT
#define SUBMIT submit
#endif

static const beam_plugin plugin = {
    TABLE_SIZE, TABLE_MAJOR, BEAM_ABI_MINOR, TABLE_FLAGS, get_manifest, CREATE, destroy, SUBMIT, CANCEL, NULL,
};

#ifndef ENTRY
BEAM_EXPORT const beam_plugin *beam_plugin_v1(const beam_host *host) {
  (void)host;
  return &plugin;
}
#endif
