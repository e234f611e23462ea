// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Edits of a workbench's open collection. Each is done on the files at once, read back (collectionChanged)
// and put on the collection's undo stack.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <collection/connection.h>
#include <collection/identity.h>
#include <collection/minted.h>
#include <store/defaults.h>
#include <store/opencollection.h>
#include <store/treeedit.h>
#include <workbench/undostack.h>

namespace claimcheck::workbench {

class Workbench;

/// An identity as it was edited.
struct IdentitySave
{
    std::optional<collection::Identity> before; ///< as it was read; nothing: it is new
    collection::Identity identity;
    std::vector<std::string> secrets = {}; ///< secret variables that the chosen environment is to have
    bool isCopy = false;
    /// Where none is chosen and the collection has none, it gets one of this name for them; empty: it does
    /// not.
    std::string newEnvironment = {};
};

/// What `.claimcheck/connections.yaml` says for a path, as it was edited.
struct ConnectionSave
{
    std::optional<collection::ConnectionRule> before = {}; ///< as it was read; nothing: there was none
    collection::ConnectionRule rule = {};
    std::vector<std::string> secrets = {}; ///< secret variables that the chosen environment is to have
};

/// How the token for a request, a folder's or all of them is made, as it was edited.
struct MintedSave
{
    std::optional<collection::MintedToken> before = {}; ///< as it was read; nothing: there was none
    std::optional<collection::MintedToken> after = {};  ///< nothing: the rule goes
};

/// A client certificate as it was edited, in the list of an environment's file or of opencollection.yml.
struct CertificateSave
{
    std::string file;
    std::optional<collection::ClientCertificate> before = {}; ///< as it was read; nothing: it is new
    std::optional<collection::ClientCertificate> after = {};  ///< nothing: it goes
    std::vector<std::string> secrets = {}; ///< secret variables that the chosen environment is to have
};

class Edits : public QObject
{
    Q_OBJECT
public:
    explicit Edits(Workbench& workbench, QObject* parent = nullptr);

    /// Where deleted things go (store::trashDirectory()). What is too old there is swept.
    void setTrash(const std::string& directory);

    /// The paths that the edit is about, as they are now. Where it fails nothing was changed, and the
    /// collection is read anew: the reason is mostly that it is not as it is shown.
    using Done = Result<std::vector<std::string>>;
    Done newFolder(const std::string& folder, const std::string& name);
    Done rename(const std::string& path, const std::string& name);
    Done move(const std::vector<std::string>& paths, const store::TreePlace& place);
    Done duplicate(const std::vector<std::string>& paths);
    Done remove(const std::vector<std::string>& paths);
    Done removeEnvironment(const std::string& path);

    /// Workbench::saveItem, as a command.
    Result<std::string> saveItem(const std::string& folder, const collection::Item& item,
                                 store::FoundSecrets secrets = store::FoundSecrets::Refuse);
    /// What a folder says for its requests ("": the collection), as a command. Errors as
    /// store::saveDefaults().
    Result<void> saveDefaults(const std::string& folder, const store::Defaults& defaults);
    /// Into `.claimcheck/sessions.yaml`, with the names of its secrets into the chosen environment. Refused
    /// as store::changeIdentity() does, and where a secret has no place.
    Done saveIdentity(const IdentitySave& save);
    Done removeIdentity(const std::string& name);
    /// Into `.claimcheck/connections.yaml`, with the names of its secrets into the chosen environment.
    /// Refused as store::changeConnection() does, and where a secret has no place.
    Done saveConnection(const ConnectionSave& save);
    /// Into `.claimcheck/sessions.yaml`. Refused as store::changeMinted() does.
    Done saveMinted(const MintedSave& save);
    /// With the names of its secrets into the chosen environment. Refused as store::changeCertificate() does,
    /// and where a secret has no place.
    Done saveCertificate(const CertificateSave& save);
    /// Something that was done already.
    void push(Command command);

    const Command* undoable() const;
    const Command* redoable() const;
    Done undo();
    Done redo();

Q_SIGNALS:
    /// Comes before the collectionChanged that shows it.
    void moved(const claimcheck::store::Moves& moves);
    /// Of what can be undone and redone.
    void changed();
    /// Files of the open collection were written, by an edit, a save, or by taking one back.
    void edited();

private:
    Done run(Edit edit, const std::vector<std::string>& paths, const Result<store::Change>& planned);
    Done runNamed(Command command, const Result<store::Change>& planned);
    /// The same once the names of its secrets are there; they come and go with it. `what` opens their errors.
    Done runWithSecrets(Command command, const std::vector<std::string>& secrets, const std::string& what,
                        const std::function<Result<store::Change>()>& plan);
    Done finish(const Result<store::Change>& applied);
    void readAnew();
    std::string nameOf(const std::string& path) const;
    UndoStack* stack();
    const UndoStack* stack() const;

    Workbench& m_workbench;
    store::Trash m_trash;
    std::map<std::string, UndoStack> m_stacks; ///< by the collection's directory
};

} // namespace claimcheck::workbench
