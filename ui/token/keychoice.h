// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a token is made with: a key of the ring, more keys beside it, and the form that it is written in. The
// pages that sign and that encrypt put their own controls into its two rows.

#pragma once

#include <vector>

#include <QtWidgets/qwidget.h>

#include <inspect/inspection.h>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace claimcheck::ui {

class KeyChoice : public QWidget
{
    Q_OBJECT
public:
    /// The names of the controls begin with `prefix`: "sign", "encrypt".
    explicit KeyChoice(const QString& prefix, QWidget* parent = nullptr);

    /// What the key is for, and what is said where the ring has none for it.
    void setTexts(const QString& title, const QString& noKey);
    /// Behind the key.
    void addChoice(QComboBox* box);
    /// Behind the form; the last one at the end of the row.
    void addOption(QWidget* widget);
    void addButton(QPushButton* button);

    void setRing(const inspect::KeyRing& ring, const std::vector<std::size_t>& usable);
    /// Which keys can be taken beside the chosen one; what was chosen of them stays.
    void setOthers(const std::vector<std::size_t>& usable);

    /// nullptr without any.
    const jose::Key* key() const;
    std::optional<std::size_t> index() const;
    std::vector<jose::Key> others() const;
    jose::Serialization form() const;

Q_SIGNALS:
    void keyChanged();
    void formChanged();
    void keysRequested();

private:
    void takeOther(std::size_t index, bool isTaken);
    void noticeForm();
    void showOthers();
    QString titleOf(std::size_t index) const;

    inspect::KeyRing m_ring;
    std::vector<std::size_t> m_usable; ///< beside the key
    std::vector<std::size_t> m_taken;
    QString m_prefix;
    QComboBox* m_key;
    QComboBox* m_form;
    QPushButton* m_more;
    QMenu* m_menu;
    QHBoxLayout* m_keyRow;
    QHBoxLayout* m_formRow;
    QWidget* m_noKey;
    QLabel* m_noKeyText;
};

} // namespace claimcheck::ui
