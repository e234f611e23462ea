// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The environments of the open collection: a list, and of the chosen one name, what it adds to, its .env file
// and its variables. What is typed stays with its environment until it is saved or taken back, also while
// another collection is open.

#pragma once

#include <memory>
#include <optional>

#include <QtWidgets/qwidget.h>

#include <state/environmentmodel.h>
#include <store/environmentdrafts.h>
#include <store/treechange.h>

namespace claimcheck::ui {

/// What Save asks for.
struct EnvironmentSave
{
    EnvironmentEdit edit;
    QString name;           ///< the one that it is to have
    bool inKeychain = true; ///< where values of secrets are to be kept
};

class EnvironmentPane : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentPane(QWidget* parent = nullptr);
    ~EnvironmentPane() override;

    /// What is being edited stays, also when its file was read anew.
    void setCollection(const std::optional<collection::Collection>& collection);
    /// Shows that environment; nothing where there is none of that name.
    void choose(const QString& name);
    /// The name of the one that is shown is to be typed over.
    void editName();
    QString chosen() const;
    /// Where the values of the chosen one's secrets are; `problem` says what is wrong with the keychain.
    void setSecrets(const std::vector<run::SecretValue>& secrets, bool hasKeychain,
                    const std::optional<Error>& problem);
    /// The environment variables that the collection may read.
    void setAllowedNames(const QStringList& names);
    /// The edit of the environment at `before` is saved, and its file is at `path` now, which is shown.
    void markSaved(const QString& before, const QString& path);
    /// What is unsaved goes along: the collection is at another place now.
    void moveCollection(const std::string& from, const std::string& to);
    /// Folders of the open collection have other paths: the files that unsaved edits name in them go along,
    /// as those in the files of environments do.
    void follow(const store::Moves& moves);
    /// All that is not saved, of every collection, without values of secrets.
    std::vector<store::EnvironmentDraft> drafts() const;
    /// As drafts() gave them before.
    void restore(const std::vector<store::EnvironmentDraft>& drafts);
    /// The environments into which values of secrets were typed that are not saved: no draft holds them.
    /// Those of a collection that is not open with its folder.
    QStringList typedSecretPlaces() const;
    /// The sentence over the table; an empty one goes.
    void say(const QString& word, const QString& sentence);
    /// A deleted environment can be taken back.
    void offerUndo(const QString& name);

Q_SIGNALS:
    /// Something was typed, saved or taken back.
    void changed();
    /// Another environment is shown: where are its secrets?
    void shown(const QString& name);
    void saveRequested(const claimcheck::ui::EnvironmentSave& save);
    void newRequested();
    void duplicateRequested(const QString& path);
    void deleteRequested(const QString& path);
    void undoRequested();
    void processAllowed(const QString& name, bool isAllowed);
    void openRequested();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
