#define _GNU_SOURCE
/* Asks its source "notes" before it has started, answers as the source OFFER, and asks for its callers what their arguments
 * say; for those who ask a "start" it repeats what it heard before it had started. */
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.sources\",\"version\":\"1\",\"namespace\":\"fixture\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"execution\":{\"concurrency\":16}," \
  "\"tools\":[{\"name\":\"ask\",\"description\":\"Asks a source.\",\"inputSchema\":" \
  "{\"type\":\"object\",\"additionalProperties\":true}}]," \
  "\"provides\":[{\"name\":\"" OFFER "\",\"kind\":\"sql\"}]," \
  "\"auth\":{\"roles\":{\"user\":\"any\"},\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"]}}]}}"
#define ON_START(self, request) ask(self, request->call, STR("{\"source\":\"notes\",\"sql\":\"SELECT 1 AS one\"}"), 1)
#define SUBMIT submit_also_sources
#include "plugin_api.h"

struct beam_instance;
static beam_status ask(struct beam_instance *self, beam_call call, beam_str body, int is_start);
static beam_status submit_also_sources(beam_instance *self, const beam_request *request);
#include "fixture.h"

struct asked {
  beam_instance *self;
  beam_call call;
  int is_start;
};

/* What START heard; the program has one instance. */
static char began[4096];
static size_t began_size;

static void on_reply(void *user, beam_status status, beam_str body) {
  struct asked *asked = user;
  if (asked->is_start) {
    began_size = body.len < sizeof began ? body.len : 0;
    memcpy(began, body.ptr, began_size);
    answer(asked->self, asked->call, BEAM_OK, STR("{}"));
  } else {
    answer(asked->self, asked->call, status, body);
  }
  free(asked);
}

static beam_status ask(beam_instance *self, beam_call call, beam_str body, int is_start) {
  struct asked *asked = malloc(sizeof *asked);
  if (asked == NULL) return answer(self, call, BEAM_UNAVAILABLE, STR("{}"));
  *asked = (struct asked){self, call, is_start};
  beam_status status = self->host->invoke(self->host, call, STR("source.query"), body, on_reply, asked, NULL);
  if (status == BEAM_OK) return BEAM_OK;
  free(asked);
  return answer(self, call, status, STR("{\"message\":\"No source is there.\"}"));
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  if (memmem(request->body.ptr, request->body.len, "\"start\"", 7) != NULL)
    return answer(self, request->call, BEAM_OK, (beam_str){began, began_size}), BEAM_OK;
  return ask(self, request->call, request->body, 0), BEAM_OK;
}

static beam_status submit_also_sources(beam_instance *self, const beam_request *request) {
  if (request->method != BEAM_M_SOURCE_QUERY) return submit(self, request);
  beam_str rows = STR("{\"columns\":[{\"name\":\"from\",\"type\":\"text\"}],\"rows\":[[\"" OFFER "\"]],\"truncated\":false}");
  return answer(self, request->call, BEAM_OK, rows), BEAM_OK;
}
