// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where libcurl gets the body of a request from that does not stand in memory.

#pragma once

#include <memory>

#include <curl/curl.h>

#include <http/message.h>
#include <http/upload.h>

namespace claimcheck::http {

class UploadSource
{
public:
    explicit UploadSource(std::shared_ptr<const Upload> upload) : m_upload(std::move(upload)) {}

    void attach(CURL* easy); ///< sets the callbacks; nothing where there is no upload
    /// A file could not be read to the length that it had.
    bool hasFailed() const { return m_hasFailed; }

private:
    static std::size_t onRead(char* to, std::size_t one, std::size_t count, void* self);
    static int onSeek(void* self, curl_off_t offset, int origin);

    std::shared_ptr<const Upload> m_upload;
    std::uint64_t m_offset = 0;
    bool m_hasFailed = false;
};

} // namespace claimcheck::http
