// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the editors of rules in `.claimcheck` have in common, each for a request, a folder or the collection:
// a form, below it what is wrong with what is typed, and files of the collection that are chosen for a field.

#pragma once

#include <optional>
#include <string>

#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <request/collectionfile.h>

class QFormLayout;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace claimcheck::ui {

/// A rule goes along with a request that is renamed or moved, and with its collection: it says the same
/// there.
template <typename Rule>
bool isSameButForPath(const std::optional<Rule>& a, std::optional<Rule> b)
{
    if (a && b)
        b->path = a->path;
    return a == b;
}

class RuleBox : public QWidget
{
    Q_OBJECT
public:
    /// Says below the fields what is wrong with them; whether nothing is.
    bool check();
    /// Why it could not be saved.
    void say(const Error& error);

Q_SIGNALS:
    /// A choice was made, or a field left, and edit() gives what it came to.
    void edited();

protected:
    /// Both of the line that says what is wrong.
    RuleBox(const QString& objectName, const QString& title, QWidget* parent);

    QFormLayout* form() const { return m_form; }
    QVBoxLayout* column() const { return m_column; }
    /// The field with a button beside it, of this name and title, that chooses a file of the collection.
    QWidget* makeFileLine(QLineEdit* field, FileUse use, const QString& buttonName,
                          const QString& buttonTitle);
    /// As a file of the collection is named.
    std::string fileIn(const QLineEdit* field) const;
    void showProblem(const QString& text);
    bool hasProblem() const;

    /// Of the collection.
    virtual const std::string& directory() const = 0;
    /// What is wrong with the fields; empty: nothing is.
    virtual QString problem() const = 0;
    /// A choice was made, or a field left.
    virtual void commit() = 0;

private:
    QFormLayout* m_form;
    QVBoxLayout* m_column;
    QLabel* m_problem;
};

} // namespace claimcheck::ui
