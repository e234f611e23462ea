// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/stylesheet.h>

#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

/// A role stands in the text as @role; @mix is the accent a little nearer to the text colour.
constexpr const char* controls = R"(
QPushButton { background: @surface; color: @text; border: 1px solid @line; border-radius: 4px;
              padding: 0 12px; min-height: 26px; max-height: 26px; }
QPushButton:hover { background: @raised; border-color: @muted; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @muted; background: @raised; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @mix; border-color: @mix; }
QPushButton[kind="primary"]:focus { border-color: @text; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @muted; border-color: @line; }
QPushButton[kind="link"] { border: none; background: transparent; color: @accent; padding: 0; }
QPushButton[kind="link"]:hover, QPushButton[kind="link"]:focus { text-decoration: underline; }
QPushButton[kind="menu"] { text-align: left; padding: 0 24px 0 10px; }
QPushButton::menu-indicator { width: 0; image: none; }
QToolButton { background: transparent; color: @text; border: 1px solid transparent; border-radius: 4px; padding: 4px; }
QToolButton:hover { background: @selection; }
QToolButton:focus { border-color: @accent; }
QToolButton:checked { background: @selection; }
QToolButton::menu-indicator { width: 0; image: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox { background: @surface; border: 1px solid @line;
    border-radius: 4px; selection-background-color: @selection; selection-color: @text; }
QLineEdit, QSpinBox { min-height: 26px; max-height: 26px; padding: 0 8px; }
QLineEdit { lineedit-password-character: 8226; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: @accent; }
QLineEdit:disabled { background: @raised; }
QLineEdit[kind="cell"] { border: none; border-radius: 0; background: @surface; }
QLineEdit[kind="bare"], QPlainTextEdit[kind="bare"], QTextEdit[kind="bare"] { border: none; background: transparent; }
QComboBox { background: @surface; color: @text; border: 1px solid @line; border-radius: 4px;
            padding: 0 8px 0 10px; min-height: 26px; max-height: 26px; }
QComboBox:hover { border-color: @muted; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox[kind="bare"] { border: none; background: transparent; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @line; padding: 4px; outline: none;
    selection-background-color: @selection; selection-color: @text; }
)";

constexpr const char* views = R"(
QAbstractItemView { background: @surface; color: @text; border: none; outline: none;
    selection-background-color: @selection; selection-color: @text; }
QAbstractItemView[kind="raised"] { background: @raised; }
QTreeView[kind="raised"] { show-decoration-selected: 0; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: 0 14px; min-height: 27px; font-weight: normal; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: 0 8px; height: 34px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: none; }
)";

constexpr const char* frames = R"(
QMainWindow, QDialog { background: @surface; }
QMenuBar { background: @raised; color: @text; border: none; padding: 0 4px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @surface; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QStatusBar { background: @raised; color: @muted; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 8px; }
QGroupBox { border: none; margin: 0; padding: 0; }
QWidget[kind="raised"] { background: @raised; }
QWidget[kind="surface"] { background: @surface; }
QFrame[kind="card"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
QLabel { background: transparent; }
QLabel[kind="text"] { color: @text; }
QLabel[kind="muted"] { color: @muted; }
QLabel[kind="caption"] { color: @muted; }
QLabel[kind="ok"] { color: @ok; }
QLabel[kind="warn"] { color: @warn; }
QLabel[kind="bad"] { color: @bad; }
QLabel[kind="info"] { color: @info; }
QLabel[kind="chip"] { color: @muted; background: @raised; border-radius: 4px; padding: 1px 6px; }
QLabel[kind="badChip"] { color: @bad; background: @badFill; border-radius: 4px; padding: 1px 6px; }
QLabel[kind="warnChip"] { color: @warn; background: @warnFill; border-radius: 4px; padding: 1px 6px; }
QLabel[kind="infoChip"] { color: @info; background: @infoFill; border-radius: 4px; padding: 1px 6px; }
)";

QColor mixed(const QColor& from, const QColor& to, qreal share)
{
    const auto part = [share](int left, int right) { return qRound(left + (right - left) * share); };
    return {part(from.red(), to.red()), part(from.green(), to.green()), part(from.blue(), to.blue())};
}

} // namespace

QString styleSheetOf(const Theme& theme)
{
    QString sheet = QLatin1String(controls) + QLatin1String(views) + QLatin1String(frames);
    sheet.replace(QLatin1String("@mix"),
                  mixed(theme.colour(Role::Accent), theme.colour(Role::Text), 0.2).name());
    // Every @role in this text ends before a character that no role's name has, so "@ok" never meets
    // "@okFill".
    for (int index = 0; index < roleCount; ++index) {
        const std::string_view name = toText(static_cast<Role>(index));
        for (const QLatin1Char end : {QLatin1Char(';'), QLatin1Char(' ')})
            sheet.replace(u'@' + QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())) + end,
                          theme.colours[static_cast<std::size_t>(index)].name() + end);
    }
    return sheet;
}

} // namespace claimcheck::ui
