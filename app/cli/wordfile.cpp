// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wordfile.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace claimcheck::cli {

namespace {

class WordFile
{
public:
    WordFile(int descriptor, std::string path, std::shared_ptr<std::optional<Error>> trouble)
        : m_descriptor(descriptor), m_path(std::move(path)), m_trouble(std::move(trouble))
    {}
    WordFile(const WordFile&) = delete;
    WordFile& operator=(const WordFile&) = delete;
    ~WordFile()
    {
        if (m_descriptor > STDERR_FILENO)
            close(m_descriptor);
    }

    /// Whole lines: what is behind the last line end waits for the next piece.
    bool next(std::string& words)
    {
        static constexpr std::size_t piece = 64 * 1024;
        words = std::move(m_rest);
        m_rest.clear();
        while (!m_isOver && words.find('\n') == std::string::npos && words.size() < piece)
            read(words, piece);
        const std::size_t end = words.rfind('\n');
        if (m_isOver || end == std::string::npos)
            return !words.empty();
        m_rest = words.substr(end + 1);
        words.resize(end + 1);
        return true;
    }

private:
    void read(std::string& words, std::size_t most)
    {
        const std::size_t before = words.size();
        words.resize(before + most);
        ssize_t count = 0;
        do
            count = ::read(m_descriptor, words.data() + before, most);
        while (count < 0 && errno == EINTR);
        words.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        m_isOver = count <= 0;
        if (count < 0)
            *m_trouble = Error{ErrorKind::Unreadable, "cannot read word list " + m_path, std::strerror(errno),
                               "check what it is and its permissions"};
    }

    int m_descriptor;
    std::string m_path;
    std::shared_ptr<std::optional<Error>> m_trouble;
    std::string m_rest;
    bool m_isOver = false;
};

} // namespace

Result<inspect::WordSource> wordsOfFile(const std::string& path,
                                        const std::shared_ptr<std::optional<Error>>& trouble)
{
    const int descriptor = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(ErrorKind::Unreadable, "cannot read word list " + path, std::strerror(errno),
                       "check the path and its permissions");
    const auto file = std::make_shared<WordFile>(descriptor, path, trouble);
    return [file](std::string& words) { return file->next(words); };
}

} // namespace claimcheck::cli
