// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request: name, method, URL and Send, then all that its file can say, a page for each part. Lays out and
// connects; what is right and wrong is the RequestForm's business.

#pragma once

#include <memory>
#include <optional>

#include <QtWidgets/qwidget.h>

#include <collection/content.h>
#include <request/connectionplace.h>
#include <request/mintedplace.h>
#include <request/requestnote.h>
#include <state/identitytext.h>
#include <state/requestform.h>

namespace claimcheck::ui {

class RequestEditor : public QWidget
{
    Q_OBJECT
public:
    explicit RequestEditor(QWidget* parent = nullptr);
    ~RequestEditor() override;

    void setContent(const collection::Content& content);
    collection::Content content() const;
    void setEntry(const collection::Entry& entry) { setContent({entry, {}}); }
    collection::Entry entry() const;
    /// Adds the header, or gives it another value where it is there already.
    void setHeader(const QString& name, const QString& value);

    void setScopes(const std::vector<variables::Scope>& nearestFirst);
    /// Who it is sent as; `expired`: that token is over.
    void setSession(const QString& name, bool expired);
    void setInheritedAuth(const Authorisation& inherited);
    /// The algorithm of a token that is made for this very request, whatever is chosen; empty: none is.
    void setMinted(const std::string& algorithm);
    /// The rule that says so, where it has a file there.
    void setMintedPlace(const std::optional<MintedPlace>& place);
    /// Why a change to that could not be written.
    void sayMintedProblem(const Error& error);
    /// Whether a folder around it can say anything about authorisation.
    void setInheritOffered(bool offered);
    void setAuth(collection::AuthMode mode);
    /// It was saved: `saved` is what its file holds now.
    void takeSaved(const collection::Content& saved);
    void setBusy(bool busy);
    void setSentAs(const SentAs& sentAs);
    /// The folder of its collection, where files to send are chosen; empty: it has none.
    void setDirectory(const std::string& directory);
    /// Keeps an answer with the request, and shows it there.
    void addExample(const collection::Example& example);
    /// Something that the user has to know about this request; without a sentence: nothing.
    void setNote(const Note& note);
    /// The same of how its server is reached, as long as that is so.
    void setConnectionNote(const Note& note);

    /// What its collection says of that, where it has a file there.
    void setConnection(const std::optional<ConnectionPlace>& place);
    /// Why a change to that could not be written.
    void sayConnectionProblem(const Error& error);

    /// The field in which somebody types counts as left: what is typed there is taken over, and what stands
    /// in a rule of its own is written. The field keeps the focus.
    void takeTyped();
    /// What is typed of how its server is reached, or its token made, is not written anywhere, since it is
    /// not finished.
    bool hasUnfinishedRule() const;
    /// Goes to the part in which that stands.
    void showUnfinishedRule();

    /// Sends, or says what is wrong and goes to that field.
    void send();
    void focusUrl();
    /// Goes to the first field that keeps the request from being sent.
    void goToProblem();

Q_SIGNALS:
    void sendRequested();
    /// Send was pressed, and a field keeps the request from being sent.
    void sendRefused(const QString& problem);
    void cancelRequested();
    void identityChosen(const QString& name);
    void saveRequested();
    void auditRequested();
    void connectionEdited(const claimcheck::ui::ConnectionEdit& edit);
    /// The rule by which its token is made is to be written at once.
    void mintedEdited(const claimcheck::ui::MintedEdit& edit);
    void certificateRequested();
    void noteActionChosen(const QString& name);
    /// A cURL command line was pasted into the URL.
    void commandPasted(const QString& text);
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
