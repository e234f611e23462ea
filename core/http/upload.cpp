// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/upload.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/text.h>

namespace claimcheck::http {

namespace {

constexpr std::size_t uploadPiece = 256u * 1024u;

tl::unexpected<Error> unreadableBody(const std::string& path, const std::string& why)
{
    return failure(ErrorKind::Unreadable, "cannot read " + visible(path), why,
                   "check the path and the file's owner and mode");
}

} // namespace

struct Upload::File
{
    explicit File(const std::string& path)
        : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
    {}
    ~File()
    {
        if (number >= 0)
            ::close(number);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    /// pread: two transfers of one request have their places each.
    ssize_t read(char* to, std::size_t count, std::uint64_t offset) const
    {
        for (;;) {
            const ssize_t got = ::pread(number, to, count, static_cast<off_t>(offset));
            if (got >= 0 || errno != EINTR)
                return got;
        }
    }

    int number;
};

void Upload::append(std::string text)
{
    m_size += text.size();
    const std::uint64_t size = text.size();
    m_pieces.push_back({std::move(text), nullptr, size});
}

Result<void> Upload::appendFile(const std::string& path)
{
    auto file = std::make_shared<const File>(path);
    struct stat info = {};
    if (file->number < 0 || ::fstat(file->number, &info) != 0)
        return unreadableBody(path, std::strerror(errno));
    if (!S_ISREG(info.st_mode))
        return unreadableBody(path, "it is no regular file");
    const auto size = static_cast<std::uint64_t>(info.st_size);
    m_pieces.push_back({{}, std::move(file), size});
    m_size += size;
    return {};
}

std::optional<std::size_t> Upload::read(char* to, std::size_t count, std::uint64_t offset) const
{
    std::size_t done = 0;
    for (const Piece& piece : m_pieces) {
        if (offset >= piece.size) {
            offset -= piece.size;
            continue;
        }
        const std::size_t wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(count - done, piece.size - offset));
        if (wanted == 0)
            break;
        if (!piece.file) {
            std::copy_n(piece.text.data() + offset, wanted, to + done);
            done += wanted;
        } else {
            const ssize_t got = piece.file->read(to + done, wanted, offset);
            if (got <= 0)
                return std::nullopt;
            done += static_cast<std::size_t>(got);
            if (static_cast<std::size_t>(got) < wanted) // the rest comes with the next call
                break;
        }
        offset = 0;
    }
    return done;
}

bool Upload::forEachPiece(const std::function<bool(std::string_view)>& take) const
{
    std::string piece(uploadPiece, '\0');
    for (std::uint64_t done = 0; done < m_size;) {
        const auto count = read(piece.data(), piece.size(), done);
        if (!count || *count == 0 || !take(std::string_view(piece).substr(0, *count)))
            return false;
        done += *count;
    }
    return true;
}

std::string Upload::texts() const
{
    std::string texts;
    for (const Piece& piece : m_pieces)
        if (!piece.file)
            texts += piece.text + "\n";
    return texts;
}

std::optional<std::uint64_t> fileSize(const std::string& path)
{
    struct stat info = {};
    const bool isRegular = ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
    return isRegular ? std::optional(static_cast<std::uint64_t>(info.st_size)) : std::nullopt;
}

} // namespace claimcheck::http
