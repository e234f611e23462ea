// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The brain of the request editor, without a widget: an entry's fields as they are typed, what is wrong
// with each of them, and whether the request can be sent.

#pragma once

#include <optional>
#include <vector>

#include <QtCore/qobject.h>

#include <collection/content.h>
#include <state/detailsform.h>
#include <state/fieldtablemodel.h>
#include <state/requestproblems.h>
#include <variables/resolve.h>

namespace claimcheck::ui {

class RequestForm : public QObject
{
    Q_OBJECT
public:
    explicit RequestForm(QObject* parent = nullptr);

    void setContent(const collection::Content& content);
    collection::Content content() const;
    void setEntry(const collection::Entry& entry) { setContent({entry, {}}); }
    collection::Entry entry() const;
    /// The same request as its file holds it: nothing that a field shows is different.
    void adopt(const collection::Entry& saved);
    DetailsForm* details() { return &m_details; }

    void setMethod(const QString& method);
    void setUrl(const QString& url);
    /// `kept`: the kind where it is None, "multipart-form"; empty: no body.
    void setBodyKind(collection::BodyKind kind, const std::string& kept = {});
    void setBody(const QString& body);
    void setAuth(collection::AuthMode mode);
    /// Credentials of its own, of that type.
    void setOwnAuth(const std::string& type);
    void setDocs(const QString& docs);
    FieldTableModel* headers() { return &m_headers; }
    FieldTableModel* formFields() { return &m_formFields; }
    FieldTableModel* variables() { return &m_variables; }

    void setScopes(std::vector<variables::Scope> nearestFirst);
    const std::vector<variables::Scope>& scopes() const { return m_scopes; }

    /// In the order of the form; what blocks first.
    std::vector<FormProblem> problems() const;
    std::optional<FormProblem> problemOf(FormField field) const;
    bool canSend() const;

Q_SIGNALS:
    /// Something was typed.
    void changed();
    /// Other variables: the same text may mean something else now.
    void scopesChanged();
    /// A parameter was typed, and the URL with it.
    void urlChanged(const QString& url);

private:
    void addHeaderProblems(std::vector<FormProblem>& found) const;

    collection::Entry m_entry; ///< all but the tables of headers and form fields
    DetailsForm m_details;
    FieldTableModel m_headers;
    FieldTableModel m_formFields;
    FieldTableModel m_variables;
    std::vector<variables::Scope> m_scopes;
    std::vector<variables::Scope> m_filled; ///< the same, with something in the place of awaited secrets
};

/// A header that is switched on is named Authorization: the session adds nothing then.
bool setsAuthorization(const collection::Entry& entry);

/// What counts after inheritance: a session's token, or what stands in a file and has no editor.
struct Authorisation
{
    collection::AuthMode mode = collection::AuthMode::None;
    std::string kept = {};   ///< "basic", "oauth2" …: collection::Kept
    std::string minted = {}; ///< algorithm of the token that is made for each request, before all else
};

/// The line under the headers, in three parts so that the name can stand out: "Sent as " "demo" " with …".
struct AuthCaption
{
    QString before;
    QString name;
    QString after;

    QString text() const { return before + name + after; }
    bool operator==(const AuthCaption&) const = default;
};
/// `effective` is what counts after inheritance; `ownHeader`: Authorization is typed by hand;
/// `expired`: the session's token is over.
AuthCaption authCaption(const Authorisation& effective, const QString& session, bool ownHeader,
                        bool expired = false);

} // namespace claimcheck::ui
