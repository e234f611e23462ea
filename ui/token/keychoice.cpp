// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/keychoice.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <state/keylist.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr jose::Serialization forms[] = {jose::Serialization::Compact, jose::Serialization::Flattened,
                                         jose::Serialization::General};

QHBoxLayout* addRow(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    column->addLayout(row);
    return row;
}

} // namespace

KeyChoice::KeyChoice(const QString& prefix, QWidget* parent)
    : QWidget(parent),
      m_prefix(prefix),
      m_key(new ChevronBox),
      m_form(new ChevronBox),
      m_more(pushButton(tr("More keys"), QString(prefix + QStringLiteral("MoreKeys")))),
      m_menu(new QMenu(this)),
      m_noKey(new QWidget),
      m_noKeyText(mutedLabel())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    m_keyRow = addRow(column);
    m_keyRow->addWidget(mutedLabel(tr("Key")));
    m_keyRow->addWidget(m_key, 1);
    m_formRow = addRow(column);
    m_formRow->addWidget(mutedLabel(tr("Form")));
    m_formRow->addWidget(m_form);
    m_formRow->addWidget(m_more);
    m_formRow->addStretch(1);
    m_key->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setNames(m_form, QString(prefix + QStringLiteral("Form")), tr("Form of the token"));
    m_form->addItems({tr("Compact"), tr("JSON, flattened"), tr("JSON, general")});
    m_menu->setObjectName(QString(prefix + QStringLiteral("MoreKeysMenu")));
    m_more->setLayoutDirection(Qt::RightToLeft);
    m_more->setIcon(icon(QStringLiteral("chevron-down")));
    m_more->setMenu(m_menu);
    QPushButton* keys = linkButton(tr("Go to the keys"), QString(prefix + QStringLiteral("GoToKeys")));
    m_noKeyText->setWordWrap(true);
    auto* hint = new QHBoxLayout(m_noKey);
    hint->setContentsMargins(0, 0, 0, 0);
    hint->addWidget(m_noKeyText, 1);
    hint->addWidget(keys);
    column->addWidget(m_noKey);
    connect(keys, &QPushButton::clicked, this, &KeyChoice::keysRequested);
    connect(m_key, &QComboBox::currentIndexChanged, this, &KeyChoice::keyChanged);
    connect(m_form, &QComboBox::currentIndexChanged, this, &KeyChoice::noticeForm);
}

void KeyChoice::setTexts(const QString& title, const QString& noKey)
{
    setNames(m_key, QString(m_prefix + QStringLiteral("Key")), title);
    m_noKeyText->setText(noKey);
}

void KeyChoice::addChoice(QComboBox* box)
{
    // Its names come with a key, after the box was shown first.
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_keyRow->addWidget(box);
}

void KeyChoice::addOption(QWidget* widget)
{
    m_formRow->insertWidget(m_formRow->count() - 1, widget);
}

void KeyChoice::addButton(QPushButton* button)
{
    m_formRow->addWidget(button);
}

QString KeyChoice::titleOf(std::size_t index) const
{
    const KeyLine line = keyLines(m_ring)[index];
    const QString text = shown(line.kind + (line.size.empty() ? "" : ", " + line.size));
    if (!line.kid.empty())
        return QString(text + QStringLiteral(" · ") + shown(line.kid, 60));
    return line.origin.starts_with("from ") ? QString(text + QStringLiteral(" · ") + shown(line.origin, 60))
                                            : text;
}

void KeyChoice::setRing(const inspect::KeyRing& ring, const std::vector<std::size_t>& usable)
{
    const QSignalBlocker quiet(m_key);
    const int before = m_key->currentData().toInt();
    m_ring = ring;
    m_taken.clear();
    m_key->clear();
    for (const std::size_t index : usable)
        m_key->addItem(titleOf(index), static_cast<int>(index));
    m_key->setCurrentIndex(std::max(0, m_key->findData(before)));
    const bool hasKey = m_key->count() > 0;
    m_noKey->setVisible(!hasKey);
    m_key->setEnabled(hasKey);
    m_form->setEnabled(hasKey);
    setOthers({});
}

void KeyChoice::setOthers(const std::vector<std::size_t>& usable)
{
    m_usable = usable;
    std::erase_if(m_taken,
                  [&usable](std::size_t index) { return std::ranges::find(usable, index) == usable.end(); });
    m_menu->clear();
    for (const std::size_t index : m_usable) {
        QAction* action = m_menu->addAction(titleOf(index));
        action->setCheckable(true);
        action->setChecked(std::ranges::find(m_taken, index) != m_taken.end());
        connect(action, &QAction::toggled, this, [this, index](bool isOn) { takeOther(index, isOn); });
    }
    showOthers();
}

/// Several keys are for the general form alone (RFC 7515 §7.2.1, RFC 7516 §7.2.1).
void KeyChoice::takeOther(std::size_t index, bool isTaken)
{
    std::erase(m_taken, index);
    if (isTaken)
        m_taken.push_back(index);
    std::ranges::sort(m_taken);
    if (isTaken)
        m_form->setCurrentIndex(m_form->count() - 1);
    showOthers();
    Q_EMIT formChanged();
}

void KeyChoice::noticeForm()
{
    if (form() != jose::Serialization::General && !m_taken.empty()) {
        m_taken.clear();
        setOthers(std::vector<std::size_t>(m_usable));
    }
    Q_EMIT formChanged();
}

void KeyChoice::showOthers()
{
    m_more->setEnabled(!m_usable.empty());
    m_more->setToolTip(m_usable.empty() ? tr("No other key of the ring goes together with this one")
                                        : tr("More keys make the general form"));
    m_more->setText(m_taken.empty() ? tr("More keys") : tr("and %1 more").arg(m_taken.size()));
}

std::optional<std::size_t> KeyChoice::index() const
{
    const auto index = static_cast<std::size_t>(m_key->currentData().toUInt());
    return m_key->count() > 0 && index < m_ring.keys.size() ? std::optional(index) : std::nullopt;
}

const jose::Key* KeyChoice::key() const
{
    const std::optional<std::size_t> chosen = index();
    return chosen ? &m_ring.keys[*chosen] : nullptr;
}

std::vector<jose::Key> KeyChoice::others() const
{
    std::vector<jose::Key> keys;
    for (const std::size_t index : m_taken)
        keys.push_back(m_ring.keys[index]);
    return keys;
}

jose::Serialization KeyChoice::form() const
{
    return forms[std::clamp(m_form->currentIndex(), 0, 2)];
}

} // namespace claimcheck::ui
