// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/regularfile.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <sys/stat.h>

#include <base/text.h>
#include <store/descriptor.h>

namespace claimcheck::store {
namespace {

constexpr std::int64_t second = 1'000'000'000; // ns
/// File systems count in ticks of some milliseconds: what is younger may still change within its tick.
constexpr std::int64_t settlingTime = second / 10;

std::int64_t nanoseconds(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * second + time.tv_nsec;
}

FileStamp stampFrom(const struct stat& info)
{
    return {info.st_dev, info.st_ino, info.st_size, nanoseconds(info.st_mtim), nanoseconds(info.st_ctim)};
}

bool isSettled(const FileStamp& stamp)
{
    timespec now = {};
    return ::clock_gettime(CLOCK_REALTIME, &now) == 0 && stamp.changed < nanoseconds(now) - settlingTime;
}

tl::unexpected<Error> unreadable(const std::string& shown, std::string why, std::string fix)
{
    return failure(ErrorKind::Unreadable, "cannot read " + visible(shown), std::move(why), std::move(fix));
}

/// Until the end, not only as far as the size said: the file may be growing.
Result<std::string> readAll(int file, std::size_t expected, const std::string& shown, std::size_t limit)
{
    std::string text(expected + 1, '\0');
    std::size_t length = 0;
    for (;;) {
        if (length == text.size())
            text.resize(text.size() * 2);
        const ssize_t count = ::read(file, text.data() + length, text.size() - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return unreadable(shown, std::strerror(errno), "check the disk, or take the file out");
        length += static_cast<std::size_t>(count);
        if (length > limit)
            return failure(ErrorKind::TooLarge, "cannot read " + visible(shown),
                           "it is larger than " + formatSize(limit), "split the file");
        if (count == 0)
            break;
    }
    text.resize(length);
    text.shrink_to_fit();
    return text;
}

} // namespace

std::optional<FileStamp> stampOf(const std::string& path)
{
    struct stat info = {};
    const bool isRegular = ::lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
    return isRegular ? std::optional(stampFrom(info)) : std::nullopt;
}

Result<RegularFile> readRegularFile(const std::string& path, const std::string& shown, std::size_t limit)
{
    // Without O_NONBLOCK a pipe would be waited for.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    struct stat info = {};
    if (!file.isOpen() && errno == ELOOP)
        return failure(ErrorKind::Refused, "cannot read " + visible(shown), "it is a link",
                       "put the file itself there");
    if (!file.isOpen() || ::fstat(file.number(), &info) != 0)
        return unreadable(shown, std::strerror(errno), "check the file's owner and mode");
    if (!S_ISREG(info.st_mode))
        return unreadable(shown, "it is no regular file", "it is kept as it is");
    const FileStamp stamp = stampFrom(info);
    const std::size_t size = static_cast<std::size_t>(stamp.size);
    if (size > limit)
        return failure(ErrorKind::TooLarge, "cannot read " + visible(shown),
                       "it is larger than " + formatSize(limit), "split the file");
    RegularFile read;
    if (isSettled(stamp))
        read.stamp = stamp;
    Result<std::string> text = readAll(file.number(), size, shown, limit);
    if (!text)
        return tl::unexpected(text.error());
    read.text = *std::move(text);
    return read;
}

} // namespace claimcheck::store
