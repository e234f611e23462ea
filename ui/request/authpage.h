// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What authorises a request: as the folder says, nothing, the session's raw token, the token as Bearer, or
// credentials that stand in its file.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/requestform.h>

class QButtonGroup;
class QLabel;
class QVBoxLayout;

namespace claimcheck::ui {

class CredentialsBox;

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
    /// To the field in which `words` stand.
    void goTo(const QString& words);

private:
    void addChoice(QVBoxLayout* column, int id, const QString& objectName, const QString& title,
                   const QString& meaning);
    void choose(int id);

    RequestForm* m_form;
    QButtonGroup* m_choices;
    CredentialsBox* m_own;
    QLabel* m_inherited = nullptr;
    QLabel* m_none = nullptr;
    QLabel* m_caption;
};

/// "raw token", "Bearer", "basic", "made token", "none": for the tab and for what is inherited.
QString shortWord(const Authorisation& authorisation);

} // namespace claimcheck::ui
