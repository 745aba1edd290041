// SPDX-License-Identifier: MIT
#include "geo/layer/sandbox.hpp"

#include "geo/layer/child_process.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace relevo::geo {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;  // no filter known for this machine
#endif

/// A program for the kernel's filter of system calls: the machine of seccomp(2), forward jumps only.
class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
    result(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
    constexpr std::uint32_t kX32Bit = 0x40000000;
    add(BPF_JMP | BPF_JGE | BPF_K, kX32Bit, 0, 1);
    refuse(ENOSYS);
#endif
  }

  void deny(long call, int error) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
    refuse(error);
  }
  /// Denies the call unless all these bits of an argument are clear.
  void deny_bits(long call, unsigned argument, std::uint32_t bits, int error) {
    when(call, argument, BPF_JSET, bits, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error), SECCOMP_RET_ALLOW);
  }
  /// Denies the call unless one of these bits is set.
  void need_bits(long call, unsigned argument, std::uint32_t bits, int error) {
    when(call, argument, BPF_JSET, bits, SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error));
  }
  /// Denies the call unless an argument has this value.
  void need_value(long call, unsigned argument, std::uint32_t value, int error) {
    when(call, argument, BPF_JEQ, value, SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error));
  }

  bool install() {
    result(SECCOMP_RET_ALLOW);
    const sock_fprog program{.len = static_cast<unsigned short>(size_), .filter = code_.data()};
    return size_ <= code_.size() && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }

 private:
  void add(unsigned code, std::uint32_t value, unsigned if_true, unsigned if_false) {
    if (size_ < code_.size()) {
      code_[size_] = {static_cast<std::uint16_t>(code), static_cast<std::uint8_t>(if_true),
                      static_cast<std::uint8_t>(if_false), value};
    }
    ++size_;
  }
  void load(std::size_t offset) {
    add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset), 0, 0);
  }
  void result(std::uint32_t value) {
    add(BPF_RET | BPF_K, value, 0, 0);
  }
  void refuse(int error) {
    result(SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error));
  }
  void when(long call, unsigned argument, unsigned test, std::uint32_t value, std::uint32_t then,
            std::uint32_t otherwise) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4);
    // The low half of an argument; flags and process numbers have no more.
    load(offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t));
    add(BPF_JMP | test | BPF_K, value, 0, 1);
    result(then);
    result(otherwise);
  }

  std::array<sock_filter, 256> code_{};
  std::size_t size_ = 0;
};

void deny_network(Filter& filter) {
  for (const long call : std::initializer_list<long>{SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen,
                                                     SYS_accept, SYS_accept4})
    filter.deny(call, EACCES);
  // It could do all of that, and open files, past this filter.
  for (const long call :
       std::initializer_list<long>{425L /*io_uring_setup*/, 426L /*io_uring_enter*/, 427L /*io_uring_register*/})
    filter.deny(call, ENOSYS);
}

void deny_writing(Filter& filter) {
  constexpr std::uint32_t kWrites = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
  filter.deny_bits(SYS_openat, 2, kWrites, EROFS);
  filter.deny(437 /*openat2*/, ENOSYS);  // its flags lie in memory, where a filter cannot look
  filter.deny(SYS_open_by_handle_at, EPERM);
  for (const long call : std::initializer_list<long>{
           SYS_unlinkat, SYS_mkdirat, SYS_mknodat, SYS_symlinkat, SYS_linkat, SYS_renameat2, SYS_fchmod, SYS_fchmodat,
           SYS_fchown, SYS_fchownat, SYS_truncate, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
           SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr})
    filter.deny(call, EROFS);
#if defined(__x86_64__)
  filter.deny_bits(SYS_open, 1, kWrites, EROFS);
  for (const long call : std::initializer_list<long>{SYS_creat, SYS_unlink, SYS_rmdir, SYS_mkdir, SYS_mknod,
                                                     SYS_symlink, SYS_link, SYS_rename, SYS_renameat, SYS_chmod,
                                                     SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat})
    filter.deny(call, EROFS);
#endif
}

void deny_other_processes(Filter& filter) {
  for (const long call : std::initializer_list<long>{
           SYS_execve, SYS_execveat, SYS_process_vm_readv, SYS_process_vm_writev, SYS_unshare, SYS_setns, SYS_mount,
           SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl,
           SYS_add_key, SYS_request_key, 424L /*pidfd_send_signal*/, 438L /*pidfd_getfd*/, 440L /*process_madvise*/})
    filter.deny(call, EPERM);
  // The leak check of a sanitizer build looks at the process from a second one.
  if (kIsSanitized)
    return;
  const auto self = static_cast<std::uint32_t>(getpid());
  filter.deny(SYS_ptrace, EPERM);
  filter.deny(SYS_tkill, EPERM);
  filter.deny(SYS_rt_sigqueueinfo, EPERM);
  filter.need_value(SYS_kill, 0, self, EPERM);
  filter.need_value(SYS_tgkill, 0, self, EPERM);
  filter.need_value(SYS_prlimit64, 0, 0, EPERM);
  // Threads only. clone3 keeps its flags in memory; told that there is none, the C library uses clone.
  filter.need_bits(SYS_clone, 0, CLONE_THREAD, EPERM);
  filter.deny(435 /*clone3*/, ENOSYS);
#if defined(__x86_64__)
  filter.deny(SYS_fork, EPERM);
  filter.deny(SYS_vfork, EPERM);
#endif
}

}  // namespace

bool enter_sandbox() noexcept {
  if (kArchitecture != 0) {
    Filter filter;
    deny_network(filter);
    deny_writing(filter);
    deny_other_processes(filter);
    if (filter.install())
      return true;
  }
  // A network of one's own has no way out. Unprivileged users need a user namespace for it.
  if (unshare(CLONE_NEWNET) != 0)
    static_cast<void>(unshare(CLONE_NEWUSER | CLONE_NEWNET));
  return false;
}

}  // namespace relevo::geo
