/* Lists tools beyond its manifest: two pages, one name twice; and a resource, a template and a prompt. */
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
static int asks_for(const beam_request *request, const char *list) {
  return request->name.len == strlen(list) && memcmp(request->name.ptr, list, request->name.len) == 0;
}

static void list(beam_instance *self, const beam_request *request) {
  if (asks_for(request, "resources"))
    answer(self, request->call, BEAM_OK, STR("{\"items\":[{\"uri\":\"note:a\",\"name\":\"a\"}]}"));
  else if (asks_for(request, "resourceTemplates"))
    answer(self, request->call, BEAM_OK, STR("{\"items\":[{\"uriTemplate\":\"note:{b}\",\"name\":\"b\"}]}"));
  else if (asks_for(request, "prompts"))
    answer(self, request->call, BEAM_OK, STR("{\"items\":[{\"name\":\"ask\"}]}"));
  else if (request->body.len == 2)
    answer(self, request->call, BEAM_OK, STR("{\"items\":[" TOOL("more") "," TOOL("act") "],\"next_cursor\":\"2\"}"));
  else
    answer(self, request->call, BEAM_OK, STR("{\"items\":[" TOOL("last") "]}"));
}
