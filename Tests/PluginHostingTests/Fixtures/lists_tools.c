/* Lists tools beyond its manifest: two pages, one name twice. */
#define ON_LIST(self, request) list(self, request)
struct beam_instance;
struct beam_request;
static void list(struct beam_instance *, const struct beam_request *);
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  self->host->notify(self->host, BEAM_N_LIST_CHANGED, STR("{\"lists\":[\"tools\"]}"));
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}

#define TOOL(name) "{\"name\":\"" name "\",\"description\":\"Listed.\",\"inputSchema\":{\"type\":\"object\"}}"
static void list(beam_instance *self, const beam_request *request) {
  if (request->body.len == 2)
    answer(self, request->call, BEAM_OK, STR("{\"items\":[" TOOL("more") "," TOOL("act") "],\"next_cursor\":\"2\"}"));
  else
    answer(self, request->call, BEAM_OK, STR("{\"items\":[" TOOL("last") "]}"));
}
