// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/source.h>

#include <cstdio>

namespace claimcheck::http {

void UploadSource::attach(CURL* easy)
{
    if (!m_upload)
        return;
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &UploadSource::onRead);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, &UploadSource::onSeek);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, this);
}

std::size_t UploadSource::onRead(char* to, std::size_t one, std::size_t count, void* self)
{
    auto* const source = static_cast<UploadSource*>(self);
    const auto read = source->m_upload->read(to, one * count, source->m_offset);
    if (!read) {
        source->m_hasFailed = true;
        return CURL_READFUNC_ABORT;
    }
    source->m_offset += *read;
    return *read;
}

/// Back to the beginning, when a challenge is answered.
int UploadSource::onSeek(void* self, curl_off_t offset, int origin)
{
    if (origin != SEEK_SET || offset < 0)
        return CURL_SEEKFUNC_CANTSEEK;
    static_cast<UploadSource*>(self)->m_offset = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

} // namespace claimcheck::http
