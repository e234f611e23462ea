// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of Edits that is about client certificates.

#include <store/certificatewrite.h>
#include <workbench/declaredsecrets.h>
#include <workbench/edits.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {

Edits::Done Edits::saveCertificate(const CertificateSave& save)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return failure(ErrorKind::Usage, "cannot save the client certificate", "no collection is open",
                       "open a collection, or make a new one");
    const auto declared =
        declareSecrets(*open, m_workbench.environment(), save.secrets, "cannot save the client certificate");
    if (!declared)
        return tl::unexpected(declared.error());
    // Behind the names, which may have gone into the same file.
    auto change = store::changeCertificate(open->directory, save.file, save.before, save.after);
    const Result<void> done = change ? store::apply(*change) : tl::unexpected(change.error());
    if (!done) {
        // Names of secrets that nobody uses would be left behind.
        const auto back = store::apply(store::inverse(*declared));
        readAnew();
        return tl::unexpected(back ? done.error() : back.error());
    }
    change->steps.insert(change->steps.begin(), declared->steps.begin(), declared->steps.end());
    const std::string name = save.after ? save.after->domain : save.before ? save.before->domain : "";
    stack()->push({Edit::Certificate, name, 1, *change});
    return finish(change);
}

} // namespace claimcheck::workbench
