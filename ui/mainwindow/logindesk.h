// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does when an identity of the open collection is added, edited, duplicated or deleted:
// between its rows, the editor, the files and the keychain.

#pragma once

#include <functional>
#include <optional>

#include <QtCore/qobject.h>
#include <QtCore/qpointer.h>

#include <collection/identity.h>
#include <state/identityproblems.h>
#include <workbench/edits.h>
#include <workbench/identities.h>

namespace claimcheck::ui {

class IdentityEditor;
class IdentityList;
class NoticeBar;

class LoginDesk : public QObject
{
    Q_OBJECT
public:
    /// All outlive it. `open`: what opens a link.
    LoginDesk(workbench::Workbench& workbench, workbench::Edits& edits, IdentityList* list, NoticeBar* notice,
              std::function<void(const QString&)> open, QObject* parent);

    void add();
    void edit(const std::string& name);
    void duplicate(const std::string& name);
    void remove(const std::string& name);

Q_SIGNALS:
    /// The collection has its first environment, for a secret that was typed: it is to be chosen.
    void environmentMade(const QString& name);

private:
    /// What an editor is about.
    struct Subject
    {
        std::string directory; ///< of the collection
        std::optional<collection::Identity> before;
        bool isCopy = false;
    };

    std::optional<collection::Identity> read(const std::string& name, const char* deed);
    IdentityAround around(const std::string& name) const;
    void openEditor(const QString& title, const IdentityDraft& draft, const Subject& subject);
    void connectTrial(IdentityEditor* editor);
    void showEnded(const workbench::EndedTokens& ended);
    void connectIssuer(IdentityEditor* editor);
    void save(IdentityEditor* editor, const IdentityDraft& draft, const Subject& subject);
    bool isKept(const std::string& name) const;
    void forgetKept(const std::string& name);
    void keepValues(const IdentityDraft& draft, bool inKeychain);
    std::string ownerOf(const std::string& secret) const;
    void withdrawOffer();

    workbench::Workbench& m_workbench;
    workbench::Edits& m_edits;
    IdentityList* m_list;
    NoticeBar* m_notice;
    std::function<void(const QString&)> m_open;
    QPointer<IdentityEditor> m_editor;      ///< that is open
    std::optional<store::Change> m_deleted; ///< that the notice offers to take back
    QString m_offer;                        ///< what the notice says then
};

} // namespace claimcheck::ui
