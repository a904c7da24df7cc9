/* What ThreadSanitizer lacks for Swift on Linux, preloaded into every program that is tested with it.
 *
 * A Mutex that is taken comes from the kernel (FUTEX_LOCK_PI), which the sanitizer does not see, so all that it guards
 * would look like a race. Here a thread waits by trying again, and says when it has the lock. As nobody ever waits
 * in the kernel, a lock is always given back by the path that the sanitizer does see. */
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

extern void __tsan_acquire(void *) __attribute__((weak));

/* Synchronization._MutexHandle._lockSlow(Swift.UInt32) */
__attribute__((swiftcall)) void lock_slow(uint32_t thread, __attribute__((swift_context)) _Atomic uint32_t *storage)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

__attribute__((swiftcall)) void lock_slow(uint32_t thread, __attribute__((swift_context)) _Atomic uint32_t *storage) {
  uint32_t free = 0;
  while (!atomic_compare_exchange_weak_explicit(storage, &free, thread, memory_order_acquire, memory_order_relaxed)) {
    free = 0;
    sched_yield();
  }
  if (__tsan_acquire) __tsan_acquire(storage);
}

/* The sanitizer's runtime in a program brings only what the program itself uses; a plugin that it loads uses these too. */
extern void __tsan_read1(void *) __attribute__((weak));
extern void __tsan_write1(void *) __attribute__((weak));

void __tsan_external_read(void *address, void *caller, void *tag) {
  (void)caller, (void)tag;
  if (__tsan_read1) __tsan_read1(address);
}

void __tsan_external_write(void *address, void *caller, void *tag) {
  (void)caller, (void)tag;
  if (__tsan_write1) __tsan_write1(address);
}

extern void AnnotateIgnoreReadsBegin(char *file, int line) __attribute__((weak));
extern void AnnotateIgnoreReadsEnd(char *file, int line) __attribute__((weak));
extern void AnnotateIgnoreWritesBegin(char *file, int line) __attribute__((weak));
extern void AnnotateIgnoreWritesEnd(char *file, int line) __attribute__((weak));

void __tsan_ignore_thread_begin(void) {
  if (AnnotateIgnoreReadsBegin) AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  if (AnnotateIgnoreWritesBegin) AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
}

void __tsan_ignore_thread_end(void) {
  if (AnnotateIgnoreWritesEnd) AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
  if (AnnotateIgnoreReadsEnd) AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
}
