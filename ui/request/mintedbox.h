// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fields of a rule of the `minted` list of sessions.yaml: algorithm, key, claims, lifetime, and where the
// token goes; for requests, folders and the collection.

#pragma once

#include <request/mintedplace.h>
#include <request/rulebox.h>

class QCheckBox;
class QPlainTextEdit;

namespace claimcheck::ui {

class ChevronBox;

class MintedBox : public RuleBox
{
    Q_OBJECT
public:
    explicit MintedBox(QWidget* parent = nullptr);

    /// What is typed in a field stays, finished or not, as long as the rule says there what was shown.
    void setPlace(const MintedPlace& place);
    /// As it is typed; nothing where that is what was read, or what the fields begin with.
    std::optional<MintedEdit> edit() const;
    /// The rule as it is typed.
    collection::MintedToken typed() const;

    /// A text of several lines is left, too.
    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    const std::string& directory() const override { return m_place.directory; }
    QString problem() const override;
    void commit() override;

private:
    void addKeyRows();
    void addTextRows();
    void addPlaceRows();
    void addLine(QLineEdit* field, const QString& objectName, const QString& label, const QString& title);
    QPlainTextEdit* addText(const QString& objectName, const QString& label, const QString& title, int lines);
    struct Shown;
    static Shown shownOf(const collection::MintedToken& rule);
    collection::MintedToken read() const;
    void showRule(const Shown& before, const Shown& now);
    void showPlaceRows();
    void choosePlace();
    void takePlace(collection::MintedToken& rule) const;

    MintedPlace m_place;
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
};

} // namespace claimcheck::ui
