// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a folder, or the collection itself, says for all requests below: headers, authorisation, variables,
// how they are sent and servers reached, documentation. The pages are those of the request editor.

#pragma once

#include <QtWidgets/qdialog.h>

#include <request/connectionplace.h>
#include <request/mintedplace.h>
#include <state/requestform.h>
#include <store/defaults.h>

class QStackedWidget;

namespace claimcheck::ui {

class AuthPage;
class Banner;
class ConnectionBox;
class DocsPage;
class FlatTabBar;
class SettingsBox;

class FolderDialog : public QDialog
{
    Q_OBJECT
public:
    /// `inherited`: what counts where it says nothing; nothing for the collection, around which there is
    /// none.
    FolderDialog(store::Defaults defaults, const std::optional<Authorisation>& inherited,
                 const ConnectionPlace& connection, QWidget* parent = nullptr);

    /// As they are typed.
    store::Defaults defaults() const;
    /// What is to become of how servers are reached; nothing where that is to stay.
    std::optional<ConnectionEdit> connection() const;
    /// That as it stands there now.
    void setConnection(const ConnectionPlace& place);
    /// The same of how the tokens of its requests are made.
    std::optional<MintedEdit> minted() const;
    void setMinted(const MintedPlace& place);
    /// Why it could not be saved.
    void say(const Error& error);
    /// The same of how servers are reached: beside its fields.
    void sayConnectionProblem(const Error& error);
    void sayMintedProblem(const Error& error);

Q_SIGNALS:
    /// Answer with accept() or say(). What connection() and minted() give is to be saved as well.
    void saveRequested(const claimcheck::store::Defaults& defaults);

public Q_SLOTS:
    /// Asks before it throws away what was typed.
    void reject() override;

private:
    void addPage(const QString& title, QWidget* page);
    QWidget* makeTable(FieldTableModel* model, const char* objectName, const QString& name,
                       const QString& hint);
    QWidget* makeSettingsPage();
    QWidget* makeButtons();
    void save();
    void renewDetails();
    void askToDiscard();

    store::Defaults m_before;
    store::Defaults m_shown; ///< m_before as the fields give it back
    RequestForm m_form;
    FlatTabBar* m_parts;
    QStackedWidget* m_pages;
    AuthPage* m_auth;
    SettingsBox* m_settings;
    ConnectionBox* m_connection;
    DocsPage* m_docs;
    Banner* m_banner;
};

} // namespace claimcheck::ui
