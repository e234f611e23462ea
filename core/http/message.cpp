// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/message.h>

#include <QtCore/qdir.h>
#include <QtCore/qtemporaryfile.h>

#include <base/text.h>

namespace claimcheck::http {

namespace {

constexpr std::size_t memoryLimit = 8 * 1024 * 1024;
constexpr std::size_t pieceSize = 256 * 1024;

bool writeAll(QTemporaryFile& file, std::string_view bytes)
{
    return file.write(bytes.data(), static_cast<qint64>(bytes.size())) == static_cast<qint64>(bytes.size());
}

/// QTemporaryFile is 0600 and, where the system can, has no name at all.
std::shared_ptr<QTemporaryFile> makeFile(std::string_view bytes)
{
    auto file = std::make_shared<QTemporaryFile>(QDir::tempPath() + QStringLiteral("/claimcheck-XXXXXX"));
    return file->open() && writeAll(*file, bytes) ? file : nullptr;
}

} // namespace

std::optional<std::string> headerValue(const Headers& headers, std::string_view name)
{
    for (const auto& header : headers) {
        if (equalsIgnoringCase(header.name, name))
            return header.value;
    }
    return std::nullopt;
}

std::string Body::read(std::uint64_t limit) const
{
    if (!m_file)
        return m_memory.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(limit, m_memory.size())));
    if (!m_file->seek(0))
        return {};
    std::string bytes(static_cast<std::size_t>(std::min(limit, m_size)), '\0');
    const qint64 count = m_file->read(bytes.data(), static_cast<qint64>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<qint64>(count, 0)));
    return bytes;
}

bool Body::forEachPiece(const std::function<bool(std::string_view)>& take) const
{
    if (!m_file)
        return m_memory.empty() || take(m_memory);
    std::string piece(pieceSize, '\0');
    for (std::uint64_t done = 0; done < m_size;) {
        // Copies share the file, and `take` may read another one: its place is set anew each time.
        const qint64 count = m_file->seek(static_cast<qint64>(done))
                                 ? m_file->read(piece.data(), static_cast<qint64>(piece.size()))
                                 : -1;
        if (count <= 0 || !take(std::string_view(piece).substr(0, static_cast<std::size_t>(count))))
            return false;
        done += static_cast<std::uint64_t>(count);
    }
    return true;
}

bool Body::append(std::string_view bytes)
{
    if (!m_file && m_memory.size() + bytes.size() > memoryLimit) {
        m_file = makeFile(m_memory);
        if (!m_file)
            return false;
        m_memory = {};
    }
    if (!m_file)
        m_memory.append(bytes);
    else if (!m_file->seek(static_cast<qint64>(m_size)) || !writeAll(*m_file, bytes))
        return false;
    m_size += bytes.size();
    return true;
}

} // namespace claimcheck::http
