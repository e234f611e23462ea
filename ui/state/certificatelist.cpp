// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/certificatelist.h>

#include <algorithm>

namespace claimcheck::ui {
namespace {

constexpr std::size_t mostCertificates = 200; ///< a bundle of all authorities of the world has fewer

void addNew(std::vector<inspect::CertificateFacts>& all, const inspect::CertificateFacts& facts)
{
    if (all.size() < mostCertificates && std::ranges::find(all, facts) == all.end())
        all.push_back(facts);
}

} // namespace

void CertificateList::take(const inspect::KeyRing& ring)
{
    for (const inspect::CertificateFacts& facts : inspect::readCertificates(ring.source.reveal()))
        addNew(m_all, facts);
}

void CertificateList::keepThoseOf(const std::vector<jose::Key>& keys)
{
    std::vector<inspect::CertificateFacts> kept;
    if (!m_all.empty())
        for (const jose::Key& key : keys)
            for (const inspect::CertificateFacts& facts : of(key))
                addNew(kept, facts);
    m_all = std::move(kept);
}

std::vector<inspect::CertificateFacts> CertificateList::of(const jose::Key& key) const
{
    std::vector<inspect::CertificateFacts> chain;
    if (m_all.empty() || key.type == jose::KeyType::Oct)
        return chain;
    const std::string thumbprint = jose::thumbprint(key).value_or("");
    for (const inspect::CertificateFacts& facts : m_all)
        if (!thumbprint.empty() && facts.keyThumbprint == thumbprint)
            chain.push_back(facts);
    for (std::size_t at = 0; at < chain.size(); ++at) // what is appended is looked at in its turn
        for (const inspect::CertificateFacts& facts : m_all)
            if (facts.subject == chain[at].issuer)
                addNew(chain, facts);
    return chain;
}

} // namespace claimcheck::ui
