// SPDX-License-Identifier: MIT
#include "cli/output_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <system_error>

namespace relevo::cli {

namespace {

namespace fs = std::filesystem;

std::string shown(const fs::path& path) {
  return path.lexically_normal().string();
}

/// Writes and flushes to the disk, so that a rename after it cannot leave an empty file.
void write_durably(const fs::path& file, const std::string& content) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const auto fail = [&](const char* what) {
    const std::string why = std::strerror(errno);
    if (fd >= 0)
      ::close(fd);
    throw OutputError(fmt::format("{}: {} ({})", shown(file), what, why));
  };
  if (fd < 0)
    fail("cannot be written");
  std::size_t done = 0;
  while (done < content.size()) {
    const auto n = ::write(fd, content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      fail("cannot be written");
    done += static_cast<std::size_t>(n);
  }
  if (::fsync(fd) != 0)
    fail("cannot be written");
  ::close(fd);
}

bool is_ours(const fs::path& folder, const FolderMaker& maker, std::error_code& error) {
  return fs::exists(folder / maker.marker, error) || (fs::is_directory(folder, error) && fs::is_empty(folder, error));
}

/// Puts `fresh` in the place of `old` and the other way round, so that at no moment nothing stands there. False where
/// the file system or the kernel cannot.
bool exchange(const fs::path& fresh, const fs::path& old) {
  return ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, old.c_str(), RENAME_EXCHANGE) == 0;
}

fs::path sibling(const fs::path& folder, const char* what) {
  return folder.parent_path() / fmt::format(".{}.{}-{}", folder.filename().string(), what, ::getpid());
}

/// Tells other runs that a folder is being written, until this goes or the process ends, however it ends.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : fd_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)),
        is_held_(fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0) {}
  ~FolderLock() {
    if (fd_ >= 0)
      ::close(fd_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  bool is_held() const noexcept { return is_held_; }

 private:
  int fd_;
  bool is_held_;
};

/// The process of ".out.new-123" or ".out.old-123" beside `folder`.
std::optional<pid_t> owner_of(const std::string& name, const fs::path& folder) {
  for (const char* what : {"new", "old"}) {
    const std::string prefix = fmt::format(".{}.{}-", folder.filename().string(), what);
    if (!name.starts_with(prefix))
      continue;
    pid_t owner = 0;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + prefix.size(), end, owner);
    if (error == std::errc{} && stop == end && owner > 0)
      return owner;
  }
  return std::nullopt;
}

/// Asks both the process table and the lock: a run on another machine or in another container has no process here.
bool is_abandoned(const fs::path& folder, pid_t owner) {
  if (::kill(owner, 0) == 0 || errno != ESRCH)
    return false;
  // A child that searched for the dead owner may hold the lock for another moment.
  for (int i = 0; i < 50; ++i) {
    if (FolderLock(folder).is_held())
      return true;
    ::usleep(10'000);
  }
  return false;
}

/// Removes a folder of ours, the marker last: if we are killed now, the next run still knows whose folder this was.
/// What cannot be removed stays.
void remove_ours(const fs::path& folder, const FolderMaker& maker) {
  std::error_code ignored;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end; it.increment(ignored))
    if (it->path().filename() != maker.marker)
      entries.push_back(it->path());
  for (const auto& entry : entries)
    fs::remove_all(entry, ignored);
  fs::remove_all(folder, ignored);
}

/// Removes what runs that were killed left beside `folder`: folders of ours only, and only when the result stands, so
/// that nothing is lost that is not there in a newer form. What cannot be removed stays.
void remove_abandoned(const fs::path& folder, const FolderMaker& maker) {
  std::error_code ignored;
  std::vector<fs::path> abandoned;
  for (fs::directory_iterator it(folder.parent_path(), ignored), end; !ignored && it != end; it.increment(ignored)) {
    std::error_code unknown;
    const auto owner = owner_of(it->path().filename().string(), folder);
    if (owner && it->symlink_status(unknown).type() == fs::file_type::directory &&
        is_ours(it->path(), maker, unknown) && is_abandoned(it->path(), *owner))
      abandoned.push_back(it->path());
  }
  for (const auto& path : abandoned)
    remove_ours(path, maker);
}

}  // namespace

OutputFolder::OutputFolder(const fs::path& folder, const FolderMaker& maker)
    : folder_(fs::absolute(folder).lexically_normal()), maker_(maker) {
  if (folder_.filename().empty())
    folder_ = folder_.parent_path();
  std::error_code error;
  if (fs::exists(folder_, error) && !is_ours(folder_, maker_, error))
    throw OutputError(fmt::format("{}: exists and was not made by {}. Choose another folder, or move that one away.",
                                  shown(folder), maker_.name));
}

void OutputFolder::commit() {
  write();
  remove_abandoned(folder_, maker_);
}

void OutputFolder::write() {
  const fs::path fresh = sibling(folder_, "new");
  const fs::path old = sibling(folder_, "old");
  std::error_code ignored;
  try {
    fs::create_directories(folder_.parent_path());
    fs::remove_all(fresh);
    fs::create_directory(fresh);
    const FolderLock lock(fresh);
    // The marker comes first: if we are killed now, the next run knows whose folder this was.
    write_durably(fresh / maker_.marker, "Made by Relevo; replaced by its next run.\n");
    for (const auto& [name, content] : files_) {
      fs::create_directories((fresh / name).parent_path());
      write_durably(fresh / name, content);
    }
    const bool replaces = fs::exists(folder_);
    if (replaces && exchange(fresh, folder_)) {
      remove_ours(fresh, maker_);
      return;
    }
    if (replaces)
      fs::rename(folder_, old);
    try {
      fs::rename(fresh, folder_);
    } catch (...) {
      if (replaces)
        fs::rename(old, folder_);
      throw;
    }
    remove_ours(old, maker_);
  } catch (const fs::filesystem_error& e) {
    fs::remove_all(fresh, ignored);
    throw OutputError(fmt::format("{}: cannot be written ({})", shown(folder_), e.code().message()));
  } catch (...) {
    fs::remove_all(fresh, ignored);
    throw;
  }
}

void write_file(const fs::path& file, const std::string& content) {
  const fs::path beside =
      fs::absolute(file).parent_path() / fmt::format(".{}.{}", file.filename().string(), ::getpid());
  write_durably(beside, content);
  std::error_code error;
  fs::rename(beside, file, error);
  if (!error)
    return;
  fs::remove(beside, error);
  throw OutputError(fmt::format("{}: cannot be written", shown(file)));
}

}  // namespace relevo::cli
