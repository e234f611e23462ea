// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fields of a rule of the `minted` list of sessions.yaml: algorithm, key, claims, lifetime, and where the
// token goes; for requests, folders and the collection.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <request/mintedplace.h>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace claimcheck::ui {

class ChevronBox;

class MintedBox : public QWidget
{
    Q_OBJECT
public:
    explicit MintedBox(QWidget* parent = nullptr);

    /// What is typed stays as long as the rule is the one that was shown.
    void setPlace(const MintedPlace& place);
    /// As it is typed; nothing where that is what was read, or what the fields begin with.
    std::optional<MintedEdit> edit() const;
    /// The rule as it is typed.
    collection::MintedToken typed() const;
    /// Says below the fields what is wrong with them; whether nothing is.
    bool check();
    /// Why it could not be saved.
    void say(const Error& error);

    /// A text of several lines is left, too.
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// A choice was made, or a field left, and edit() gives what it came to.
    void edited();

private:
    QFormLayout* makeForm();
    QLineEdit* addLine(QFormLayout* form, QLineEdit* field, const QString& objectName, const QString& label,
                       const QString& title);
    QPlainTextEdit* addText(QFormLayout* form, const QString& objectName, const QString& label,
                            const QString& title, int lines);
    QWidget* makeFileLine();
    void fill();
    void showPlaceRows();
    void showProblem(const QString& text);
    void choosePlace();
    void commit();
    void chooseFile();
    void takePlace(collection::MintedToken& rule) const;
    std::string keyFile() const;
    QString problem() const;

    MintedPlace m_place;
    QFormLayout* m_form = nullptr;
    ChevronBox* m_algorithm;
    QLineEdit* m_key;
    QLineEdit* m_file;
    QLineEdit* m_passphrase;
    QCheckBox* m_weak;
    QPlainTextEdit* m_claims;
    QLineEdit* m_lifetime;
    QPlainTextEdit* m_header;
    ChevronBox* m_where;
    QLineEdit* m_name;
    QLineEdit* m_prefix;
    QLabel* m_problem;
};

} // namespace claimcheck::ui
