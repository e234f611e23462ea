// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The certificates of the key files that a ring was made of. A ring of several files no longer has their
// text; what their certificates say is kept here, for as long as their keys are in the ring.

#pragma once

#include <vector>

#include <inspect/certificate.h>
#include <inspect/inspection.h>

namespace claimcheck::ui {

class CertificateList
{
public:
    /// Those of the file that the ring was read from, where it still has its text.
    void take(const inspect::KeyRing& ring);
    /// Forgets what says nothing of any of these keys.
    void keepThoseOf(const std::vector<jose::Key>& keys);
    /// The key's own first, behind it those of who issued it, as far as they are here. Nobody has checked who
    /// signed which.
    std::vector<inspect::CertificateFacts> of(const jose::Key& key) const;

private:
    std::vector<inspect::CertificateFacts> m_all;
};

} // namespace claimcheck::ui
