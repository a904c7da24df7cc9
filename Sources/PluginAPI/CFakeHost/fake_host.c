#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "beamline_fake_host.h"

#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define SIZE_1_0(type) SIZE_1_0_##type
enum { SIZE_1_0(beam_request) = 80, SIZE_1_0(beam_host) = 128 };
enum { FUTURE_TAIL = 64, KEPT_UNREADABLE = 4096, INTERESTING_BYTES = 64 << 20 };

enum state { FREE, OPEN, COMPLETED };

struct call {
  uint32_t generation;
  enum state state;
  beam_status ended; /* why the answer is no longer wanted; BEAM_OK while it is */
  int64_t deadline;
  beam_fake_result result;
};

struct service {
  struct service *next;
  beam_call id, parent;
  beam_status status;
  char *body;
  int held, aborted;
  beam_reply reply;
  void *user;
};

struct answer {
  struct answer *next;
  char *op, *contains, *body;
  beam_status status;
};

/* Pages lent to the plugin. */
struct lent {
  char *base;
  size_t bytes;
};

struct beam_fake {
  struct beam_fake *older;
  uint32_t flags;
  const beam_host *table;
  const beam_plugin *plugin;
  beam_instance *instance;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  struct call *calls;
  uint32_t count;
  struct service *services;
  struct answer *answers;
  uint64_t last_service;
  int has_thread, replying, closed, creating, begun, has_stopped;
  beam_call stop;
  beam_status events;
  beam_fake_counts counts;
  struct lent unreadable[KEPT_UNREADABLE];
  size_t oldest_unreadable;
};

static struct beam_fake *all_hosts; /* keeps them reachable */
static pthread_mutex_t all_hosts_lock = PTHREAD_MUTEX_INITIALIZER;

static const char usual_context[] =
    "{\"principal\":{\"issuer\":\"https://issuer.example\",\"subject\":\"1\",\"username\":\"ada\",\"roles\":[\"user\"],"
    "\"scopes\":[\"read\"],\"client\":\"test\"},\"request_id\":\"00000000000000000000000000000001\",\"view\":\"/mcp\","
    "\"wants\":{\"progress\":true,\"log_level\":\"debug\"},\"budget_bytes\":32768}";

static void *must(void *memory) {
  if (memory != NULL && memory != MAP_FAILED) return memory;
  fprintf(stderr, "beamline fake host: out of memory\n");
  abort();
}

static char *copy(const char *text) { return text == NULL ? NULL : must(strdup(text)); }

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Lending */

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

/* A copy that ends where readable memory ends. */
static struct lent lend_pages(const void *bytes, size_t length, const char **start) {
  size_t page = page_size(), room = (length + page - 1) / page * page;
  struct lent lent;
  lent.bytes = room + page;
  lent.base = must(mmap(NULL, lent.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  *start = lent.base + room - length;
  memcpy(lent.base + room - length, bytes, length);
  mprotect(lent.base, room, PROT_READ);
  mprotect(lent.base + room, page, PROT_NONE);
  return lent;
}

static struct lent lend(const beam_fake *self, const void *bytes, size_t length, const char **start) {
  struct lent none = {NULL, 0};
  *start = length == 0 ? NULL : bytes;
  return length == 0 || !(self->flags & BEAM_FAKE_GUARDED) ? none : lend_pages(bytes, length, start);
}

static struct lent lend_text(const beam_fake *self, const char *text, beam_str *lent_text) {
  lent_text->len = strlen(text);
  return lend(self, text, lent_text->len, &lent_text->ptr);
}

/* The pages stay where they are for long, so that whoever kept a pointer meets them and not somebody else's memory. */
static void take_back(beam_fake *self, struct lent lent) {
  struct lent oldest;
  if (lent.base == NULL) return;
  mprotect(lent.base, lent.bytes, PROT_NONE);
  pthread_mutex_lock(&self->lock);
  oldest = self->unreadable[self->oldest_unreadable];
  self->unreadable[self->oldest_unreadable] = lent;
  self->oldest_unreadable = (self->oldest_unreadable + 1) % KEPT_UNREADABLE;
  pthread_mutex_unlock(&self->lock);
  if (oldest.base != NULL) munmap(oldest.base, oldest.bytes);
}

/* Calls; everything below needs the lock */

static struct call *find(const beam_fake *self, beam_call id) {
  uint32_t index = (uint32_t)id;
  if (index == 0 || index > self->count || self->calls[index - 1].generation != id >> 32) return NULL;
  return self->calls[index - 1].state == FREE ? NULL : &self->calls[index - 1];
}

static beam_call begin_call(beam_fake *self, int64_t deadline) {
  uint32_t index = 0, generation;
  while (index < self->count && self->calls[index].state != FREE) index++;
  if (index == self->count) {
    self->count = self->count == 0 ? 64 : self->count * 2;
    self->calls = must(realloc(self->calls, self->count * sizeof *self->calls));
    memset(self->calls + index, 0, (self->count - index) * sizeof *self->calls);
  }
  generation = self->calls[index].generation + 1;
  memset(&self->calls[index], 0, sizeof self->calls[index]);
  self->calls[index].generation = generation;
  self->calls[index].state = OPEN;
  self->calls[index].deadline = deadline;
  return (beam_call)generation << 32 | (index + 1);
}

static void clear_call(struct call *call) {
  if (call->result.structured_len > 0) free((char *)call->result.structured);
  if (call->result.content_len > 0) free((char *)call->result.content);
  if (call->result.meta_len > 0) free((char *)call->result.meta);
  call->state = FREE;
}

static void end_services(beam_fake *self, beam_call parent, int all) {
  struct service *service;
  for (service = self->services; service != NULL; service = service->next)
    if (all || (parent != 0 && service->parent == parent)) service->aborted = 1;
  pthread_cond_broadcast(&self->changed);
}

static beam_status standing(const struct call *call) {
  if (call == NULL || call->state != OPEN) return BEAM_STALE;
  if (call->ended == BEAM_OK) return call->deadline != 0 && now() > call->deadline ? BEAM_TIMEOUT : BEAM_OK;
  return call->ended == BEAM_TIMEOUT ? BEAM_TIMEOUT : BEAM_CANCELLED;
}

/* What the plugin calls */

static beam_fake *self_of(const beam_host *table) { return table->context; }

/* Locks, and says whether the function may be used now. */
static int enter(beam_fake *self) {
  pthread_mutex_lock(&self->lock);
  if (self->creating) self->counts.misplaced++;
  if (!self->creating && !self->begun) self->counts.early++;
  return !self->closed && !self->creating;
}

static beam_status leave(beam_fake *self, beam_status status) {
  pthread_mutex_unlock(&self->lock);
  return status;
}

static const void *host_get_interface(const beam_host *table, const char *id) {
  (void)table, (void)id;
  return NULL;
}

static void host_log(const beam_host *table, beam_call call, uint32_t level, beam_str message, beam_str fields) {
  beam_fake *self = self_of(table);
  (void)call, (void)level, (void)message, (void)fields;
  pthread_mutex_lock(&self->lock);
  self->counts.logged++;
  pthread_mutex_unlock(&self->lock);
}

static int take(beam_str text, const char **bytes, uint64_t *length) {
  char *room;
  if (text.len == 0) return 1;
  if (text.ptr == NULL || text.len > INTERESTING_BYTES) return 0;
  room = must(malloc(text.len + 1));
  memcpy(room, text.ptr, text.len);
  room[text.len] = 0;
  *bytes = room;
  *length = text.len;
  return 1;
}

static beam_fake_result nothing(beam_status status) {
  beam_fake_result result = {0, BEAM_OK, 0, "", "", "", 0, 0, 0};
  result.status = status;
  return result;
}

/* A copy of what the plugin passed; a field counts only when its struct reaches it. */
static beam_fake_result read_result(beam_fake *self, const beam_result *result) {
  beam_fake_result taken = nothing(BEAM_INTERNAL);
  int is_readable = result != NULL && BEAM_HAS(result, beam_result, status);
  taken.completed = 1;
  if (is_readable) {
    taken.status = result->status;
    if (BEAM_HAS(result, beam_result, flags)) taken.flags = result->flags;
    is_readable =
        (!BEAM_HAS(result, beam_result, structured) || take(result->structured, &taken.structured, &taken.structured_len))
        && (!BEAM_HAS(result, beam_result, content) || take(result->content, &taken.content, &taken.content_len))
        && (!BEAM_HAS(result, beam_result, meta) || take(result->meta, &taken.meta, &taken.meta_len));
  }
  if (!is_readable) self->counts.unreadable++;
  return taken;
}

static beam_status host_complete(const beam_host *table, beam_call id, const beam_result *result) {
  beam_fake *self = self_of(table);
  int may = enter(self);
  struct call *call = may ? find(self, id) : NULL;
  if (call == NULL || call->state != OPEN) {
    self->counts.stale++;
    return leave(self, BEAM_STALE);
  }
  call->result = read_result(self, result);
  call->state = COMPLETED;
  self->counts.completed++;
  if (id == self->stop && call->result.status == BEAM_OK) self->has_stopped = 1;
  end_services(self, id, 0);
  return leave(self, BEAM_OK);
}

static beam_status hear(const beam_host *table, beam_call id, uint64_t *count) {
  beam_fake *self = self_of(table);
  beam_status status = enter(self) ? standing(find(self, id)) : BEAM_STALE;
  if (status == BEAM_STALE) self->counts.late++;
  if (self->has_stopped) self->counts.stopped++;
  if (status == BEAM_OK) {
    (*count)++;
    status = self->events;
  }
  return leave(self, status);
}

static beam_status host_emit(const beam_host *table, beam_call id, uint32_t kind, beam_str body) {
  (void)kind, (void)body;
  return hear(table, id, &self_of(table)->counts.emitted);
}

static beam_status host_progress(const beam_host *table, beam_call id, double done, double total, beam_str note) {
  (void)done, (void)total, (void)note;
  return hear(table, id, &self_of(table)->counts.progressed);
}

static beam_status host_poll(const beam_host *table, beam_call id) {
  beam_fake *self = self_of(table);
  return leave(self, enter(self) ? standing(find(self, id)) : BEAM_STALE);
}

static void host_notify(const beam_host *table, uint32_t kind, beam_str body) {
  beam_fake *self = self_of(table);
  (void)kind, (void)body;
  if (enter(self)) self->counts.notified++;
  if (self->has_stopped) self->counts.stopped++;
  leave(self, BEAM_OK);
}

static int contains(beam_str text, const char *part) {
  return part == NULL || (text.len > 0 && memmem(text.ptr, text.len, part, strlen(part)) != NULL);
}

static const struct answer *answer_to(const beam_fake *self, beam_str op, beam_str body) {
  const struct answer *answer;
  for (answer = self->answers; answer != NULL; answer = answer->next) {
    int fits = answer->op == NULL || (op.len == strlen(answer->op) && memcmp(op.ptr, answer->op, op.len) == 0);
    if (fits && contains(body, answer->contains)) return answer;
  }
  return NULL;
}

static void *reply_to_services(void *context);

static void start_replying(beam_fake *self) {
  pthread_t thread;
  if (self->has_thread) return;
  if (pthread_create(&thread, NULL, reply_to_services, self) != 0) must(NULL);
  pthread_detach(thread);
  self->has_thread = 1;
}

static beam_status host_invoke(const beam_host *table, beam_call parent, beam_str op, beam_str body, beam_reply reply, void *user,
                               beam_call *out) {
  static const char unavailable[] = "{\"message\":\"There is no recorded answer.\"}";
  beam_fake *self = self_of(table);
  const struct answer *answer;
  struct service *service;
  beam_status status = enter(self) ? BEAM_OK : BEAM_STALE;
  if (self->has_stopped) self->counts.stopped++;
  if (out != NULL) *out = 0;
  if (status == BEAM_OK && parent != 0) status = standing(find(self, parent));
  if (status == BEAM_OK && reply == NULL) status = BEAM_INVALID_ARGUMENT;
  if (status != BEAM_OK) return leave(self, status);
  answer = answer_to(self, op, body);
  service = must(calloc(1, sizeof *service));
  service->id = ++self->last_service | (uint64_t)1 << 63;
  service->parent = parent;
  service->status = answer == NULL ? BEAM_UNAVAILABLE : answer->status;
  service->body = copy(answer == NULL ? unavailable : answer->body);
  service->held = (self->flags & BEAM_FAKE_SILENT) != 0;
  service->reply = reply;
  service->user = user;
  service->next = self->services;
  self->services = service;
  self->counts.invoked++;
  if (out != NULL) *out = service->id;
  start_replying(self);
  pthread_cond_broadcast(&self->changed);
  return leave(self, BEAM_OK);
}

static void host_abort(const beam_host *table, beam_call id) {
  beam_fake *self = self_of(table);
  struct service *service;
  pthread_mutex_lock(&self->lock);
  for (service = self->services; service != NULL; service = service->next)
    if (service->id == id) service->aborted = 1;
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->lock);
}

static struct service *take_ready(beam_fake *self) {
  struct service **link = &self->services, *service;
  while (*link != NULL && (*link)->held && !(*link)->aborted) link = &(*link)->next;
  service = *link;
  if (service != NULL) *link = service->next;
  return service;
}

static void *reply_to_services(void *context) {
  beam_fake *self = context;
  struct service *service;
  pthread_mutex_lock(&self->lock);
  for (;;) {
    beam_str body;
    struct lent lent;
    while ((service = take_ready(self)) == NULL) pthread_cond_wait(&self->changed, &self->lock);
    self->replying = 1;
    pthread_mutex_unlock(&self->lock);
    lent = lend_text(self, service->aborted ? "{\"message\":\"The operation was ended.\"}" : service->body, &body);
    service->reply(service->user, service->aborted ? BEAM_CANCELLED : service->status, body);
    take_back(self, lent);
    free(service->body);
    free(service);
    pthread_mutex_lock(&self->lock);
    self->replying = 0;
    pthread_cond_broadcast(&self->changed);
  }
  return NULL;
}

/* What a test calls */

static const beam_host *make_table(beam_fake *self) {
  struct {
    beam_host known;
    uint64_t unknown[FUTURE_TAIL / 8];
  } table;
  int is_future = (self->flags & BEAM_FAKE_FUTURE) != 0;
  size_t size = SIZE_1_0(beam_host) + (is_future ? FUTURE_TAIL : 0);
  const char *start;
  memset(&table, 0x5A, sizeof table);
  table.known.struct_size = size;
  table.known.abi_major = BEAM_ABI_MAJOR;
  table.known.abi_minor = is_future ? 99 : 0;
  table.known.context = self;
  table.known.product.ptr = "beamline-fake-host";
  table.known.product.len = strlen(table.known.product.ptr);
  table.known.version.ptr = "1";
  table.known.version.len = 1;
  table.known.get_interface = host_get_interface;
  table.known.log = host_log;
  table.known.complete = host_complete;
  table.known.emit = host_emit;
  table.known.progress = host_progress;
  table.known.poll = host_poll;
  table.known.notify = host_notify;
  table.known.invoke = host_invoke;
  table.known.abort = host_abort;
  if (self->flags & BEAM_FAKE_GUARDED) {
    lend_pages(&table, size, &start);
    return (const beam_host *)start;
  }
  return memcpy(must(malloc(sizeof table)), &table, sizeof table);
}

beam_fake *beam_fake_new(uint32_t flags) {
  beam_fake *self = must(calloc(1, sizeof *self));
  pthread_condattr_t attributes;
  self->flags = flags;
  pthread_mutex_init(&self->lock, NULL);
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&self->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  self->table = make_table(self);
  pthread_mutex_lock(&all_hosts_lock);
  self->older = all_hosts;
  all_hosts = self;
  pthread_mutex_unlock(&all_hosts_lock);
  return self;
}

const beam_host *beam_fake_table(const beam_fake *self) { return self->table; }

beam_instance *beam_fake_instance(const beam_fake *self) { return self->instance; }

beam_status beam_fake_create(beam_fake *self, const beam_plugin *plugin, const char *config) {
  beam_str text;
  struct lent lent;
  beam_status status;
  if (plugin == NULL) return BEAM_INVALID_ARGUMENT;
  lent = lend_text(self, config, &text);
  self->plugin = plugin;
  self->creating = 1;
  status = plugin->create(self->table, text, &self->instance);
  pthread_mutex_lock(&self->lock);
  self->creating = 0;
  pthread_mutex_unlock(&self->lock);
  take_back(self, lent);
  return status == BEAM_OK && self->instance == NULL ? BEAM_INTERNAL : status;
}

beam_status beam_fake_submit(beam_fake *self, uint32_t method, const char *name, const char *body, const char *context,
                             int64_t deadline_ms, beam_call *call) {
  struct {
    beam_request known;
    uint64_t unknown[FUTURE_TAIL / 8];
  } request;
  struct lent lent[4];
  const char *start;
  beam_status status;
  beam_call id;
  size_t index;
  int is_future = (self->flags & BEAM_FAKE_FUTURE) != 0;
  int64_t deadline = deadline_ms == 0 ? 0 : now() + deadline_ms * 1000000;
  *call = 0;
  pthread_mutex_lock(&self->lock);
  id = begin_call(self, deadline);
  self->begun = 1;
  if (method == BEAM_M_STOP) self->stop = id;
  pthread_mutex_unlock(&self->lock);

  memset(&request, 0x5A, sizeof request);
  request.known.struct_size = SIZE_1_0(beam_request) + (is_future ? FUTURE_TAIL : 0);
  request.known.call = id;
  request.known.method = method;
  request.known.flags = is_future ? 0xA0000000u : 0;
  request.known.deadline_ns = deadline;
  lent[0] = lend_text(self, name, &request.known.name);
  lent[1] = lend_text(self, body, &request.known.body);
  lent[2] = lend_text(self, context == NULL ? usual_context : context, &request.known.context);
  lent[3] = lend(self, &request, request.known.struct_size, &start);
  status = self->plugin->submit(self->instance, (const beam_request *)start);
  for (index = 0; index < 4; index++) take_back(self, lent[index]);

  if (status == BEAM_OK) {
    *call = id;
    return status;
  }
  pthread_mutex_lock(&self->lock);
  if (find(self, id) != NULL && find(self, id)->state == COMPLETED) self->counts.refused++;
  end_services(self, id, 0);
  if (find(self, id) != NULL) clear_call(find(self, id));
  pthread_mutex_unlock(&self->lock);
  return status;
}

int beam_fake_wait(beam_fake *self, beam_call id, int64_t ms) {
  int64_t end = now() + ms * 1000000;
  struct timespec time;
  int is_completed;
  time.tv_sec = end / 1000000000;
  time.tv_nsec = end % 1000000000;
  pthread_mutex_lock(&self->lock);
  while (find(self, id) != NULL && find(self, id)->state == OPEN)
    if (pthread_cond_timedwait(&self->changed, &self->lock, &time) != 0) break;
  is_completed = find(self, id) != NULL && find(self, id)->state == COMPLETED;
  pthread_mutex_unlock(&self->lock);
  return is_completed;
}

beam_fake_result beam_fake_result_of(beam_fake *self, beam_call id) {
  beam_fake_result result = nothing(BEAM_TIMEOUT);
  struct call *call;
  pthread_mutex_lock(&self->lock);
  call = find(self, id);
  if (call != NULL && call->state == COMPLETED) result = call->result;
  pthread_mutex_unlock(&self->lock);
  return result;
}

void beam_fake_forget(beam_fake *self, beam_call id) {
  struct call *call;
  pthread_mutex_lock(&self->lock);
  call = find(self, id);
  if (call != NULL && call->state == COMPLETED) clear_call(call);
  pthread_mutex_unlock(&self->lock);
}

beam_fake_result beam_fake_call(beam_fake *self, uint32_t method, const char *name, const char *body) {
  beam_call call;
  beam_status status = beam_fake_submit(self, method, name, body, NULL, 10000, &call);
  if (status != BEAM_OK) return nothing(status);
  return beam_fake_wait(self, call, 10000) ? beam_fake_result_of(self, call) : nothing(BEAM_TIMEOUT);
}

void beam_fake_cancel(beam_fake *self, beam_call id, beam_status why) {
  struct call *call;
  pthread_mutex_lock(&self->lock);
  call = find(self, id);
  if (call != NULL && call->state == OPEN && call->ended == BEAM_OK) call->ended = why;
  end_services(self, id, 0);
  pthread_mutex_unlock(&self->lock);
  self->plugin->cancel(self->instance, id, why);
}

/* One thread's share of requests. */
struct share {
  beam_fake *self;
  const beam_fake_request *requests;
  size_t first, count, step;
  beam_call *calls;
  pthread_barrier_t *start;
};

static void *submit_share(void *context) {
  struct share *share = context;
  size_t index;
  pthread_barrier_wait(share->start);
  for (index = share->first; index < share->count; index += share->step) {
    const beam_fake_request *request = &share->requests[index];
    beam_fake_submit(share->self, request->method, request->name, request->body, NULL, 0, &share->calls[index]);
  }
  return NULL;
}

void beam_fake_together(beam_fake *self, unsigned threads, const beam_fake_request *requests, size_t count, beam_call *calls) {
  pthread_t *running = must(calloc(threads, sizeof *running));
  struct share *shares = must(calloc(threads, sizeof *shares));
  pthread_barrier_t start;
  unsigned index;
  pthread_barrier_init(&start, NULL, threads);
  for (index = 0; index < threads; index++) {
    struct share share = {self, requests, index, count, threads, calls, &start};
    shares[index] = share;
    if (pthread_create(&running[index], NULL, submit_share, &shares[index]) != 0) must(NULL);
  }
  for (index = 0; index < threads; index++) pthread_join(running[index], NULL);
  pthread_barrier_destroy(&start);
  free(shares);
  free(running);
}

void beam_fake_answer(beam_fake *self, const char *op, const char *text, beam_status status, const char *body) {
  struct answer *answer = must(calloc(1, sizeof *answer)), **link = &self->answers;
  answer->op = copy(op);
  answer->contains = copy(text);
  answer->status = status;
  answer->body = copy(body);
  pthread_mutex_lock(&self->lock);
  while (*link != NULL) link = &(*link)->next;
  *link = answer;
  pthread_mutex_unlock(&self->lock);
}

void beam_fake_events(beam_fake *self, beam_status status) {
  pthread_mutex_lock(&self->lock);
  self->events = status;
  pthread_mutex_unlock(&self->lock);
}

void beam_fake_destroy(beam_fake *self) {
  pthread_mutex_lock(&self->lock);
  end_services(self, 0, 1);
  while (self->services != NULL || self->replying) pthread_cond_wait(&self->changed, &self->lock);
  pthread_mutex_unlock(&self->lock);
  self->plugin->destroy(self->instance);
  pthread_mutex_lock(&self->lock);
  self->closed = 1;
  pthread_mutex_unlock(&self->lock);
}

beam_fake_counts beam_fake_counts_of(beam_fake *self) {
  beam_fake_counts counts;
  pthread_mutex_lock(&self->lock);
  counts = self->counts;
  pthread_mutex_unlock(&self->lock);
  return counts;
}

uint64_t beam_fake_heap_bytes(void) {
#if defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 33)
  struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
#else
  return 0;
#endif
#else
  return 0;
#endif
}
