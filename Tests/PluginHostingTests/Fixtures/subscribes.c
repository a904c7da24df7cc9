/* Says what it was told of each watch, tells of a change at once, and ends the watch when it is cancelled. */
#include <stdint.h>
#include <stdio.h>
#define CANCEL end
#define SUBMIT answer_all
struct beam_instance;
struct beam_request;
static void end(struct beam_instance *, uint64_t, int32_t);
static int32_t answer_all(struct beam_instance *, const struct beam_request *);
#include "fixture.h"

static beam_status answer_all(beam_instance *self, const beam_request *request) {
  if (request->method != BEAM_M_SUBSCRIBE) return submit(self, request);
  char line[512];
  int length = snprintf(line, sizeof line, "%.*s deadline %lld body %.*s context %.*s", (int)request->name.len,
                        request->name.ptr, (long long)request->deadline_ns, (int)request->body.len, request->body.ptr,
                        (int)request->context.len, request->context.ptr);
  self->host->log(self->host, request->call, 2, (beam_str){line, (uint64_t)length}, NONE);
  self->kept = request->call;
  self->host->notify(self->host, BEAM_N_RESOURCE_UPDATED, STR("{\"uri\":\"note:a\"}"));
  return BEAM_OK;
}

static void end(beam_instance *self, beam_call call, beam_status why) {
  if (call == self->kept) answer(self, call, why, STR("{}"));
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
