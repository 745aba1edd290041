// SPDX-License-Identifier: MIT
#include "planner/solve/child_search.hpp"

#include "planner/solve/side_by_side.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

constexpr int kPollMilliseconds = 100;

enum class Message : std::uint8_t { Progress, Result };

void write_all(int file, const void* data, std::size_t size) {
  const auto* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = ::write(file, at, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      ::_exit(1);  // nobody listens any more
    at += written;
    size -= static_cast<std::size_t>(written);
  }
}

template <class T>
void write_value(int file, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  write_all(file, &value, sizeof value);
}

void write_result(int file, const MipResult& result) {
  write_value(file, Message::Result);
  write_value(file, result.end);
  write_value(file, result.objective);
  write_value(file, result.bound);
  write_value(file, result.nodes);
  write_value(file, result.values.size());
  write_all(file, result.values.data(), result.values.size() * sizeof(double));
}

/// What the child runs; never returns.
[[noreturn]] void run_child(const ChildSearch& search, int file, const std::atomic<bool>& is_stopped) {
  // Nothing else of the program stays open here: a lock on a folder would outlive the program with the child.
  constexpr int kPipe = STDERR_FILENO + 1;
  ::dup2(file, kPipe);
  ::close_range(kPipe + 1, ~0U, 0);
  file = kPipe;
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, STDERR_FILENO);  // the words of a failed assertion
  try {
    const MipResult result = search(
        [file](const Progress& progress) {
          write_value(file, Message::Progress);
          write_value(file, progress);
        },
        [&is_stopped] { return is_stopped.load(); });
    write_result(file, result);
  } catch (...) {
    ::_exit(1);
  }
  ::_exit(0);
}

/// One flag that parent and child see.
class SharedFlag {
 public:
  SharedFlag()
      : page_(::mmap(nullptr, sizeof(std::atomic<bool>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (page_ == MAP_FAILED)
      throw std::system_error(errno, std::generic_category(), "mmap");
    flag_ = new (page_) std::atomic<bool>(false);
  }
  ~SharedFlag() { ::munmap(page_, sizeof(std::atomic<bool>)); }
  SharedFlag(const SharedFlag&) = delete;
  SharedFlag& operator=(const SharedFlag&) = delete;
  std::atomic<bool>& operator*() const noexcept { return *flag_; }

 private:
  void* page_;
  std::atomic<bool>* flag_ = nullptr;
};

/// A search under way.
class Child {
 public:
  explicit Child(const ChildTask& task) : task_(task) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
      throw std::system_error(errno, std::generic_category(), "pipe");
    const pid_t parent = ::getpid();
    process_ = ::fork();
    if (process_ < 0) {
      const int why = errno;
      ::close(ends[0]);
      ::close(ends[1]);
      throw std::system_error(why, std::generic_category(), "fork");
    }
    if (process_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (::getppid() != parent)
        ::_exit(1);
      ::close(ends[0]);
      run_child(task.search, ends[1], *is_stopped_);
    }
    ::close(ends[1]);
    file_ = ends[0];
  }

  /// It ends by itself when it has said all; where nobody listened so long, it is killed.
  ~Child() {
    ::close(file_);
    if (!has_ended_)
      ::kill(process_, SIGKILL);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
  }

  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int file() const noexcept { return file_; }

  /// Tells the child to stop where the task says so.
  void ask() {
    if (task_.stop && task_.stop())
      *is_stopped_ = true;
  }

  /// Waits for one message whole. False: it was the last, or the child died.
  bool listen() {
    Message message{};
    if (!read(message))
      return end();
    if (message == Message::Result) {
      MipResult result;
      if (read_result(result))
        result_ = std::move(result);
      return end();
    }
    Progress progress;
    if (!read(progress))
      return end();
    if (task_.on_progress)
      task_.on_progress(progress);
    return true;
  }

  std::optional<MipResult>& result() noexcept { return result_; }

 private:
  bool end() noexcept {
    has_ended_ = true;
    return false;
  }

  template <class T>
  bool read(T& value) const {
    static_assert(std::is_trivially_copyable_v<T>);
    return read(&value, sizeof value);
  }

  /// False at the end of the pipe.
  bool read(void* data, std::size_t size) const {
    auto* at = static_cast<char*>(data);
    while (size > 0) {
      const ssize_t got = ::read(file_, at, size);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return false;
      at += got;
      size -= static_cast<std::size_t>(got);
    }
    return true;
  }

  bool read_result(MipResult& result) const {
    std::size_t size = 0;
    if (!read(result.end) || !read(result.objective) || !read(result.bound) || !read(result.nodes) || !read(size))
      return false;
    result.values.resize(size);
    return read(result.values.data(), size * sizeof(double));
  }

  const ChildTask& task_;
  const SharedFlag is_stopped_;
  pid_t process_ = -1;
  int file_ = -1;
  bool has_ended_ = false;
  std::optional<MipResult> result_;
};

/// Waits until a child has something to say, a tenth of a second at most.
void wait_for(const std::map<std::size_t, std::unique_ptr<Child>>& children, std::vector<pollfd>& waiting) {
  waiting.clear();
  for (const auto& [task, child] : children)
    waiting.push_back({child->file(), POLLIN, 0});
  if (::poll(waiting.data(), waiting.size(), kPollMilliseconds) < 0)
    for (auto& one : waiting)
      one.revents = 0;  // a signal came
}

}  // namespace

std::vector<std::optional<MipResult>> search_in_children(const std::vector<ChildTask>& tasks, int at_once) {
  if (is_side_by_side())
    throw std::logic_error("a child process is asked for while threads are at work");
  std::vector<std::optional<MipResult>> results(tasks.size());
  std::map<std::size_t, std::unique_ptr<Child>> children;  // by task
  std::vector<pollfd> waiting;
  for (std::size_t next = 0; next < tasks.size() || !children.empty();) {
    for (; next < tasks.size() && children.size() < workers_for(tasks.size(), at_once); ++next)
      children.emplace(next, std::make_unique<Child>(tasks[next]));
    wait_for(children, waiting);
    std::size_t i = 0;
    for (auto at = children.begin(); at != children.end();) {
      auto& [task, child] = *at;
      child->ask();
      if (waiting[i++].revents == 0 || child->listen()) {
        ++at;
        continue;
      }
      results[task] = std::move(child->result());
      at = children.erase(at);
    }
  }
  return results;
}

}  // namespace relevo::planner
