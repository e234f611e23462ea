// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whose objects a request reaches: the variable that it names them by, and what it is for each identity. With
// that, everybody asks for the objects of the others as well (BOLA).

#pragma once

#include <string>
#include <vector>

#include <QtWidgets/qdialog.h>

#include <collection/matrix.h>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

struct ObjectsQuestion
{
    std::string request;                   ///< its path
    std::vector<std::string> identities;   ///< nobody is none of them
    std::vector<std::string> variables;    ///< that the request names
    collection::OwnedObjects objects = {}; ///< as the file has them
    bool operator==(const ObjectsQuestion&) const = default;
};

/// The variable that is likely the object's: the only one, or the only one whose name ends in "id"; else
/// empty.
std::string likelyVariable(const std::vector<std::string>& variables);
/// What keeps these from being saved; empty: nothing does.
QString objectsProblem(const ObjectsQuestion& question, const collection::OwnedObjects& objects);

class ObjectsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ObjectsDialog(ObjectsQuestion question, QWidget* parent = nullptr);

    /// As they are typed; identities whose field is empty own nothing.
    collection::OwnedObjects objects() const;
    /// They could not be saved: it stays open and says why.
    void refuse(const QString& why);

Q_SIGNALS:
    void saveRequested();

private:
    QWidget* makeFields();
    QWidget* makeButtons();
    void judge();
    void say(const QString& text, const char* kind);

    ObjectsQuestion m_question;
    QComboBox* m_variable;
    std::vector<QLineEdit*> m_ids; ///< in the order of the identities
    QLabel* m_hint;
    QPushButton* m_save;
};

} // namespace claimcheck::ui
