// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What authorises a request: as the folder says, nothing or what stands in its file, the session's raw token,
// or the token as Bearer.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/requestform.h>

class QButtonGroup;
class QLabel;

namespace claimcheck::ui {

class AuthPage : public QWidget
{
    Q_OBJECT
public:
    explicit AuthPage(QWidget* parent = nullptr);

    void setMode(collection::AuthMode mode);
    /// What "as the folder says" comes to.
    void setInherited(const Authorisation& inherited);
    /// The file's own authorisation of a kind that has no editor, "basic": takes the place of "None". Empty:
    /// there is none.
    void setKept(const std::string& kind);
    /// Outside of a collection there is no folder that could say anything.
    void setInheritOffered(bool offered);
    void setCaption(const QString& text);

Q_SIGNALS:
    void modeChosen(claimcheck::collection::AuthMode mode);

private:
    QButtonGroup* m_choices;
    QLabel* m_inherited = nullptr;
    QLabel* m_none = nullptr;
    QLabel* m_caption;
};

/// "raw token", "Bearer", "basic", "none": for the tab and for what is inherited.
QString shortWord(const Authorisation& authorisation);

} // namespace claimcheck::ui
