// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of Edits that is about how servers are reached and what is shown to them: rules for connections
// and for tokens that are made for each request, and client certificates.

#include <store/certificatewrite.h>
#include <store/connectionwrite.h>
#include <store/mintedwrite.h>
#include <workbench/declaredsecrets.h>
#include <workbench/edits.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {
namespace {

tl::unexpected<Error> notWithoutCollection(const char* what)
{
    return failure(ErrorKind::Usage, what, "no collection is open", "open a collection, or make a new one");
}

} // namespace

Edits::Done Edits::saveConnection(const ConnectionSave& save)
{
    const char* const what = "cannot save the connection";
    const auto& open = m_workbench.collection();
    if (!open)
        return notWithoutCollection(what);
    const std::string& path = save.rule.path;
    return runWithSecrets({Edit::Connection, path.empty() ? open->name : nameOf(path), 1, {}}, save.secrets,
                          what, [directory = open->directory, &save] {
                              return store::changeConnection(directory, save.before, save.rule);
                          });
}

Edits::Done Edits::saveMinted(const MintedSave& save)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return notWithoutCollection("cannot save how the token is made");
    const std::string path = save.after ? save.after->path : save.before ? save.before->path : "";
    return runNamed({Edit::Minted, path.empty() ? open->name : nameOf(path), 1, {}},
                    store::changeMinted(open->directory, save.before, save.after));
}

Edits::Done Edits::saveCertificate(const CertificateSave& save)
{
    const char* const what = "cannot save the client certificate";
    const auto& open = m_workbench.collection();
    if (!open)
        return notWithoutCollection(what);
    const std::string name = save.after ? save.after->domain : save.before ? save.before->domain : "";
    return runWithSecrets({Edit::Certificate, name, 1, {}}, save.secrets, what,
                          [directory = open->directory, &save] {
                              return store::changeCertificate(directory, save.file, save.before, save.after);
                          });
}

Edits::Done Edits::runWithSecrets(Command command, const std::vector<std::string>& secrets,
                                  const std::string& what, const std::function<Result<store::Change>()>& plan)
{
    const auto declared = declareSecrets(*m_workbench.collection(), m_workbench.environment(), secrets, what);
    if (!declared)
        return tl::unexpected(declared.error());
    auto change = plan(); // behind the names, which may have gone into the same file
    const Result<void> done = change ? store::apply(*change) : tl::unexpected(change.error());
    if (!done) {
        // Names of secrets that nobody uses would be left behind.
        const auto back = store::apply(store::inverse(*declared));
        readAnew();
        return tl::unexpected(back ? done.error() : back.error());
    }
    change->steps.insert(change->steps.begin(), declared->steps.begin(), declared->steps.end());
    command.change = *change;
    stack()->push(std::move(command));
    return finish(change);
}

} // namespace claimcheck::workbench
