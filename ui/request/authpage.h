// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What authorises a request: as the folder says, nothing, the session's raw token, the token as Bearer,
// credentials that stand in its file, or a token that is made for it each time.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <request/mintedplace.h>
#include <state/requestform.h>

class QButtonGroup;
class QLabel;
class QVBoxLayout;

namespace claimcheck::ui {

class CredentialsBox;
class MintedBox;

class AuthPage : public QWidget
{
    Q_OBJECT
public:
    /// The form outlives the page.
    explicit AuthPage(RequestForm* form, QWidget* parent = nullptr);

    /// Shows what the form holds.
    void reload();
    /// What "as the folder says" comes to.
    void setInherited(const Authorisation& inherited);
    /// Outside of a collection there is no folder that could say anything.
    void setInheritOffered(bool offered);
    /// It is the page of a folder, or of the collection itself: no file of such can say None.
    void setOfFolder(bool isCollection);
    void setCaption(const QString& text);
    /// How its token is made; nothing where it has no file, or one in a collection that is not open. What is
    /// chosen and typed stays as long as the rule says what was shown, be it for another path by now.
    void setMinted(const std::optional<MintedPlace>& place);
    /// What is to become of the rule; nothing where it is to stay.
    std::optional<MintedEdit> minted() const;
    /// The algorithm of the token that is to be made each time; empty: none is.
    std::string mintedAlgorithm() const;
    /// Says beside the fields what is wrong with the rule; whether nothing is.
    bool checkMinted();
    /// Why the rule could not be saved.
    void sayMintedProblem(const Error& error);
    /// To the field in which `words` stand.
    void goTo(const QString& words);

Q_SIGNALS:
    /// Something was chosen, or a field of the rule left: minted() gives what it came to.
    void mintedEdited();

private:
    void addChoice(QVBoxLayout* column, int id, const QString& objectName, const QString& title,
                   const QString& meaning);
    void choose(int id);
    bool isMinting() const { return m_hasPlace && m_isMinting; }
    void showInherited();

    RequestForm* m_form;
    QButtonGroup* m_choices;
    CredentialsBox* m_own;
    MintedBox* m_minted;
    QLabel* m_aboutMinted = nullptr;
    MintedPlace m_place;      ///< the last that there was
    bool m_hasPlace = false;  ///< there is one now
    bool m_isMinting = false; ///< that choice is made, for where there is a place
    Authorisation m_around;
    QLabel* m_inherited = nullptr;
    QLabel* m_none = nullptr;
    QLabel* m_caption;
};

/// "raw token", "Bearer", "basic", "made token", "none": for the tab and for what is inherited.
QString shortWord(const Authorisation& authorisation);

} // namespace claimcheck::ui
